type Part = { up: boolean; detail?: string | undefined }

/** What the last poll said; 'unreachable' when it had no answer, 'asking' before the first one. */
export type Health = { database: Part; temporal: Part; worker: Part } | 'unreachable' | 'asking'
export type Trouble = 'api' | 'database' | 'temporal' | 'worker'

/**
 * What to report as down. A worker cannot be seen when Temporal is away, so it is not reported then: one cause, one
 * line.
 */
export function troublesOf(health: Health): Trouble[] {
  if (health === 'asking') return []
  if (health === 'unreachable') return ['api']
  const troubles: Trouble[] = []
  if (!health.database.up) troubles.push('database')
  if (!health.temporal.up) troubles.push('temporal')
  else if (!health.worker.up) troubles.push('worker')
  return troubles
}
