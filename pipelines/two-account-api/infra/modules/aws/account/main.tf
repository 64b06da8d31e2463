# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.
#
# What exists once in an account, whatever its targets: the OIDC providers whose tokens its roles trust. Applied by a
# person with the account's root, before anything else; beside it stands one call of the module state for each region.
#
# There are no account settings here, because each of them would decide for the other projects of the account too:
# that tagging on creation needs a permission of its own (ECS), that no bucket may be public (S3), what scans images
# (ECR). The modules don't count on any of them. The services' own roles (AWSServiceRoleFor...) come into being when they
# are first needed; making them here would fail where another project was first.

resource "aws_iam_openid_connect_provider" "this" {
  for_each = { for host, provider in var.oidc_providers : host => provider if !provider.existing }

  url            = each.value.url
  client_id_list = each.value.audiences

  # Without thumbprints: AWS checks the certificates of both hosts, and of any other with a public authority, by its own
  # list.

  # Every role of every project in this account that trusts this issuer goes through this one provider.
  lifecycle {
    prevent_destroy = true
  }
}

data "aws_iam_openid_connect_provider" "existing" {
  for_each = { for host, provider in var.oidc_providers : host => provider if provider.existing }

  url = each.value.url
}

# Whoever made it decides what it lists, so this can only say what is missing.
check "existing_providers_know_the_audiences" {
  assert {
    condition = alltrue([
      for host, provider in data.aws_iam_openid_connect_provider.existing :
      length(setsubtract(var.oidc_providers[host].audiences, provider.client_id_list)) == 0
    ])
    error_message = "An existing OIDC provider doesn't list all audiences of oidc_providers; whoever made it has to add them, or no job can sign in."
  }
}
