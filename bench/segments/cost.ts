import { readFileSync } from 'node:fs'
import { type Database, rows } from '../../domain/database.ts'

/** What some work took: by the clock, and of processor time in this process and, on this machine, the server's. */
export type Cost = { seconds: number; cpu: number | null }

/** Clock ticks in a second, as Linux counts processor time for everybody. */
const TICKS = 100

/**
 * Measures work by the clock and by processor time. The latter stays what it is when others use the machine; it is null
 * where the server runs elsewhere.
 */
export async function costOf(db: Database, act: () => Promise<unknown>): Promise<Cost> {
  const process_ = await serverProcess(db)
  const before = { at: performance.now(), own: process.cpuUsage(), server: cpuOf(process_) }
  await act()
  const { user, system } = process.cpuUsage(before.own)
  const server = cpuOf(process_)
  return {
    seconds: (performance.now() - before.at) / 1_000,
    cpu: server === null || before.server === null ? null : server - before.server + (user + system) / 1e6,
  }
}

/** The cheapest of several. */
export async function best(
  db: Database,
  times: number,
  act: () => Promise<unknown>,
  before?: () => Promise<void>,
): Promise<Cost> {
  const costs: Cost[] = []
  for (let index = 0; index < times; index += 1) {
    await before?.()
    costs.push(await costOf(db, act))
  }
  const cpus = costs.flatMap(({ cpu }) => (cpu === null ? [] : [cpu]))
  return {
    seconds: Math.min(...costs.map(({ seconds }) => seconds)),
    cpu: cpus.length === 0 ? null : Math.min(...cpus),
  }
}

async function serverProcess(db: Database): Promise<number | null> {
  const [row] = await rows<{ file: string; data: string }>(db, 'SELECT @@pid_file AS file, @@datadir AS data')
  if (row === undefined) return null
  for (const path of [row.file, `${row.data}/${row.file}`]) {
    try {
      return Number(readFileSync(path, 'utf8'))
    } catch {
      // not on this machine, or relative to the data
    }
  }
  return null
}

function cpuOf(pid: number | null): number | null {
  if (pid === null) return null
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) / TICKS
  } catch {
    return null
  }
}
