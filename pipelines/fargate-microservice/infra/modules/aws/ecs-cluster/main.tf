# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# The cluster in which the target's services run, on Fargate alone.
#
# plan: ecs:DescribeClusters on cluster
# apply: ecs:CreateCluster on *
# apply: ecs:UpdateCluster, ecs:UpdateClusterSettings, ecs:PutClusterCapacityProviders, ecs:DeleteCluster, ecs:TagResource, ecs:UntagResource on cluster
# apply: iam:CreateServiceLinkedRole on service-linked-roles if iam:AWSServiceName=ecs.amazonaws.com

resource "aws_ecs_cluster" "this" {
  #checkov:skip=CKV_AWS_65:containerInsights is on unless the manifest switches it off
  name = var.name

  setting {
    name  = "containerInsights"
    value = var.insights ? "enabled" : "disabled"
  }
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  cluster_name       = aws_ecs_cluster.this.name
  capacity_providers = ["FARGATE", "FARGATE_SPOT"]

  # For what names none itself; services name theirs.
  default_capacity_provider_strategy {
    capacity_provider = "FARGATE"
    weight            = 1
  }
}
