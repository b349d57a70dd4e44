import { DefaultFailureConverter } from '@temporalio/common'

/**
 * Carries the words of a failure and where it happened as a payload, which a codec can encrypt; used when there are keys
 * for payloads. (Without them an operator reads failures in Temporal's own pages.)
 */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true })
