# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

output "arn" {
  description = "The balancer's ARN."
  value       = aws_lb.this.arn
}

output "dns_name" {
  description = "The balancer's own name in the DNS."
  value       = aws_lb.this.dns_name
}

output "zone_id" {
  description = "The hosted zone of that name, for an alias record."
  value       = aws_lb.this.zone_id
}

output "url" {
  description = "Where the services are reached."
  value       = var.https == null ? "http://${aws_lb.this.dns_name}" : "https://${var.https.domain}"
}

output "security_group_id" {
  description = "The balancer's security group: services let it in, and add the way out to themselves."
  value       = aws_security_group.this.id
}

output "target_group_arns" {
  description = "The target group of each service."
  value       = { for service, group in aws_lb_target_group.this : service => group.arn }

  # ECS refuses a target group that belongs to no balancer yet, and that is what rules make true.
  depends_on = [aws_lb_listener_rule.this]
}
