/**
 * The names by which the API starts and signals workflows and the worker registers them. Pure: everybody may import it.
 * A name here stands in the histories of running workflows: it is never changed, only added to.
 */

/** The task queue that workers poll. */
export const TASK_QUEUE = 'perennial'

/** What workers of several builds belong to together. */
export const DEPLOYMENT = 'perennial'

/** The one workflow that keeps segments current, and the signal that wakes it. */
export const SEGMENT_UPKEEP = { type: 'segmentUpkeep', id: 'segment-upkeep', wake: 'wake' } as const

/** Recomputes one segment after its rule changed. */
export const RECOMPUTE = {
  type: 'recompute',
  id: (segment: string, version: number) => `recompute-${segment}-v${version}`,
} as const

/** Decides about the status of everybody after the rules of the status automation changed. */
export const RECOMPUTE_STATUSES = {
  type: 'recomputeStatuses',
  id: (version: number) => `recompute-statuses-v${version}`,
} as const

/** Plays a rule over past days or those to come. */
export const BACKTEST = { type: 'backtest', id: (backtest: number) => `backtest-${backtest}` } as const

/** Replays an automation over past days. */
export const DRY_RUN = { type: 'dryRun', id: (run: number) => `dry-run-${run}` } as const

/** Takes in a file of customers, or of what they did. */
export const IMPORT = { type: 'importCustomers', id: (file: number) => `import-${file}` } as const

/** Erases one customer. */
export const ERASE = { type: 'eraseCustomer', id: (erasure: number) => `erase-${erasure}` } as const

/** Removes what is past its period: one night's work. */
export const RETENTION_RUN = { type: 'applyRetention', id: (run: number) => `retention-${run}` } as const

/** Sends one campaign. Its signals take effect at once. */
export const CAMPAIGN = {
  type: 'campaign',
  id: (campaign: number) => `campaign-${campaign}`,
  cancel: 'cancel',
  pause: 'pause',
  resume: 'resume',
} as const

/**
 * Carries one cohort through an automation; its signal makes it look where its customers stand. Its arguments: the cohort,
 * the step at which all of them stand with its kind (empty: it looks), and what an operator finds it by: the automation's
 * key, the version and, where all are one provider's, the provider.
 */
export const LIFECYCLE = {
  type: 'customerLifecycle',
  prefix: 'lifecycle-',
  id: (cohort: number) => `lifecycle-${cohort}`,
  wake: 'wake',
} as const

/** Search attributes by which lifecycles are found in Temporal's own pages. */
export const LIFECYCLE_ATTRIBUTES = {
  automation: 'PerennialAutomation',
  version: 'PerennialVersion',
  provider: 'PerennialProvider',
} as const
