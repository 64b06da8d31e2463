# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# Feature: the number of tasks follows the load.
#
# plan: application-autoscaling:DescribeScalableTargets, application-autoscaling:DescribeScalingPolicies on *
# plan: application-autoscaling:ListTagsForResource on scalable-targets
# apply: application-autoscaling:RegisterScalableTarget, application-autoscaling:DeregisterScalableTarget on scalable-targets
# apply: application-autoscaling:PutScalingPolicy, application-autoscaling:DeleteScalingPolicy, application-autoscaling:TagResource, application-autoscaling:UntagResource on scalable-targets
# apply: cloudwatch:DescribeAlarms, cloudwatch:PutMetricAlarm, cloudwatch:DeleteAlarms on scaling-alarms
# apply: iam:CreateServiceLinkedRole on service-linked-roles if iam:AWSServiceName=ecs.application-autoscaling.amazonaws.com

variable "scaling" {
  description = "The fewest and the most tasks, and the average CPU load in percent that their number aims at. null, or as many at most as at least: the number is what a deploy started."
  type = object({
    min         = number
    max         = number
    cpu_percent = optional(number, 60)
  })
  default = null

  validation {
    condition = var.scaling == null || try(
      floor(var.scaling.min) == var.scaling.min && floor(var.scaling.max) == var.scaling.max &&
      var.scaling.min >= 1 && var.scaling.min <= var.scaling.max, false
    )
    error_message = "scaling.min is 1 or more, for no load ever shows where no task runs, and scaling.max is not below it."
  }

  validation {
    condition     = var.scaling == null || try(var.scaling.cpu_percent >= 10 && var.scaling.cpu_percent <= 95, false)
    error_message = "scaling.cpu_percent is from 10 to 95."
  }
}

locals {
  # With as many tasks at least as at most there is nothing to decide: that many is what a deploy starts.
  scaled = { for key, scaling in { tasks = var.scaling } : key => scaling if try(scaling.max > scaling.min, false) }
}

# AWS brings a service into this range at once, one without tasks too. So between the very first apply and the first
# deploy ECS keeps trying an image that doesn't exist. Nothing runs, as before, and nothing waits for it.
resource "aws_appautoscaling_target" "this" {
  for_each = local.scaled

  service_namespace  = "ecs"
  resource_id        = "service/${var.cluster}/${aws_ecs_service.this.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = each.value.min
  max_capacity       = each.value.max

  # It goes with the service.
  lifecycle {
    replace_triggered_by = [terraform_data.port]
  }
}

resource "aws_appautoscaling_policy" "cpu" {
  for_each = local.scaled

  name               = "cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this[each.key].service_namespace
  resource_id        = aws_appautoscaling_target.this[each.key].resource_id
  scalable_dimension = aws_appautoscaling_target.this[each.key].scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value = each.value.cpu_percent

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }

    # More soon, fewer later: load that comes back finds its tasks still there.
    scale_out_cooldown = 60
    scale_in_cooldown  = 300
  }
}
