# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

output "vpc_id" {
  description = "The VPC."
  value       = aws_vpc.this.id
}

output "vpc_cidrs" {
  description = "The VPC's IPv4 ranges."
  value       = [aws_vpc.this.cidr_block]
}

output "private_subnet_ids" {
  description = "The private subnets, in the order of their zones."
  value       = [for zone in local.zones : aws_subnet.private[zone].id]

  # What runs in them needs its ways out first, and gives them up last.
  depends_on = [
    aws_route.nat,
    aws_route_table_association.private,
    aws_vpc_endpoint.s3,
    aws_vpc_endpoint.interface,
    aws_vpc_security_group_ingress_rule.endpoints,
  ]
}

output "public_subnet_ids" {
  description = "The public subnets, in the order of their zones."
  value       = [for zone in local.zones : aws_subnet.public[zone].id]

  # A balancer can't face the internet before the gateway is there, and the gateway can't go before the balancer.
  depends_on = [aws_route.internet, aws_route_table_association.public]
}
