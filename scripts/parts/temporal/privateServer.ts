import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Part } from '../child.ts'
import { freePort } from '../ports.ts'
import { checkTemporal } from './check.ts'
import { findTemporal } from './findServer.ts'

/**
 * Prepares a Temporal server of our own that keeps its state in a file: what runs goes on after any kill.
 *
 * @returns the part to start and the address under which it will answer
 */
export async function privateTemporal(folder: string, namespace: string): Promise<{ part: Part; address: string }> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const command = await findTemporal()
  const port = await freePort()
  const address = `127.0.0.1:${port}`
  const args = [
    'server',
    'start-dev',
    '--headless',
    '--ip=127.0.0.1',
    `--port=${port}`,
    `--namespace=${namespace}`,
    `--db-filename=${join(folder, 'temporal.db')}`,
    // with a write-ahead log a commit survives the end of the process and costs no wait for the disk
    '--sqlite-pragma=journal_mode=WAL',
    '--sqlite-pragma=synchronous=NORMAL',
    '--log-level=error',
  ]
  const answers = () => checkTemporal(address, namespace)
  return { part: { name: 'temporal', command, args, answers, patience: 15_000 }, address }
}
