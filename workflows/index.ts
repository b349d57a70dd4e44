/** All workflows; the worker bundles what this file exports, and each is registered under its exported name. */
export { backtest } from './backtest.ts'
export { campaign } from './campaign.ts'
export { customerLifecycle } from './customerLifecycle.ts'
export { dryRun } from './dryRun.ts'
export { importCustomers } from './importCustomers.ts'
export { recompute } from './recompute.ts'
export { recomputeStatuses } from './recomputeStatuses.ts'
export { segmentUpkeep } from './segmentUpkeep.ts'
