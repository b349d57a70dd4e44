import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { traceSinks } from '../../activities/traceWork.ts'
import { workflowBundle } from '../../activities/workflowBundle.ts'
import { HISTORIES } from '../support/histories.ts'

// one of these tests fails a workflow on purpose; nobody needs to read about it
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
})

/** A recorded history: what the client's `fetchHistory` gives, with bytes as `{base64}`. */
function readHistory(file: string): { events: unknown[] } {
  return JSON.parse(readFileSync(join(HISTORIES, file), 'utf8'), (_key, value) =>
    typeof value?.base64 === 'string' ? Buffer.from(value.base64, 'base64') : value,
  )
}

/**
 * Workflows that began under an older version of the code go on under the newer one. A change that breaks one of these
 * needs `patched()` in the workflow; the recorded history stays.
 */
test.each(readdirSync(HISTORIES))('the recorded %s goes on under today’s code', async (file) => {
  const history = readHistory(file)
  expect(history.events.length).toBeGreaterThan(10)
  const bundle = await workflowBundle(join(import.meta.dirname, '../../.local/cache'))
  await Worker.runReplayHistory({ workflowBundle: bundle, sinks: traceSinks }, history)
})

test('a history that does not fit the code is noticed', async () => {
  const history = readHistory('campaign.json')
  const bundle = await workflowBundle(join(import.meta.dirname, '../../.local/cache'))
  const other = { code: bundle.code.replaceAll('nextCampaignStep', 'anotherActivity') }
  await expect(Worker.runReplayHistory({ workflowBundle: other }, history)).rejects.toThrow(
    /anotherActivity|[Nn]ondeterminism/,
  )
})
