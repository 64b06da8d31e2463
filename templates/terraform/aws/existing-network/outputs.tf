# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

output "vpc_id" {
  description = "The VPC."
  value       = data.aws_vpc.this.id
}

output "vpc_cidrs" {
  description = "The VPC's IPv4 ranges: the first one and those that were added."
  value       = distinct(concat([data.aws_vpc.this.cidr_block], [for one in data.aws_vpc.this.cidr_block_associations : one.cidr_block if one.state == "associated"]))
}

output "private_subnet_ids" {
  description = "The private subnets, in the order given."
  value       = [for id in var.private_subnet_ids : data.aws_subnet.private[id].id]
}

output "public_subnet_ids" {
  description = "The public subnets, in the order given."
  value       = [for id in var.public_subnet_ids : data.aws_subnet.public[id].id]
}
