// Where the two hosts change different things in one event, or ask a person on one of them alone, and why. Every other
// difference is a bug of ours, and so is a row that no event needs.
export const DIFFERENCES = [
  {
    name: "an apply of nothing",
    reason:
      "Each job of GitHub's that names an environment asks its reviewers (\"Managing environments for deployment\"), so an apply behind them is skipped after an empty plan; GitLab's manual job is asked once for everything behind it, and the apply that follows does nothing.",
    when: ({ noChanges }) => noChanges === true,
  },
  {
    name: "a job that waits for nobody",
    reason:
      "GitHub has no manual jobs (\"Workflow syntax\"): where nobody reviews an environment, the form's infra takes two runs, the second with the plan's fingerprint. On GitLab its apply waits in the first one to be started by hand (\"when: manual\").",
    when: ({ form }) => ["infra", "destroy"].includes(form?.action),
  },
];
