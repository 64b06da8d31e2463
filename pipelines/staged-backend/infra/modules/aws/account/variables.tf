# Made by pipewright from pipewright.yaml; do not edit, run `pipewright generate`.

variable "oidc_providers" {
  description = <<-TEXT
    Whose tokens this account's roles may trust, by host (github, gitlab). url: the issuer. audiences: what the tokens
    are made out to. existing: another project made the provider in this account; it is looked up and left alone.
  TEXT
  type = map(object({
    url       = string
    audiences = list(string)
    existing  = optional(bool, false)
  }))
  nullable = false

  validation {
    condition = alltrue([
      for provider in values(var.oidc_providers) :
      can(regex("^https://[a-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._/-]*[A-Za-z0-9._-])?$", provider.url))
    ])
    error_message = "A provider's url begins with https:// and ends without a slash, exactly as its tokens' iss says."
  }

  validation {
    condition     = length(distinct([for provider in values(var.oidc_providers) : provider.url])) == length(var.oidc_providers)
    error_message = "An account has one provider for each url."
  }

  validation {
    condition = alltrue([
      for provider in values(var.oidc_providers) :
      length(provider.audiences) >= 1 && length(provider.audiences) <= 100 &&
      length(distinct(provider.audiences)) == length(provider.audiences) &&
      alltrue([for audience in provider.audiences : can(regex("^[^*?[:space:]]{1,255}$", audience))])
    ])
    error_message = "A provider lists 1 to 100 audiences, each once and as it stands in the tokens: no wildcards."
  }

  # The guard's token is read by the guard itself; no cloud may take it.
  validation {
    condition = alltrue(flatten([
      for provider in values(var.oidc_providers) : [for audience in provider.audiences : !endswith(audience, "/guard")]
    ]))
    error_message = "The guards' audience is trusted by nothing."
  }
}
