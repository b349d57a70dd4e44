// Waits beside a start, and cleans up after it should it be killed: what was noted in the lock file is stopped in order.
// The next start would do the same; until then nothing of a killed one stays behind.
import { readFileSync } from 'node:fs'
import type { Identity } from './processes.ts'
import { isAlive, stopProcess } from './processes.ts'

type Noted = { holder: Identity; started: (Identity & { name: string; patience: number })[] }

const [file = ''] = process.argv.slice(2)
const parent = process.ppid

process.on('disconnect', async () => {
  const noted = readNoted()
  if (noted !== undefined && noted.holder.pid === parent) {
    for (const one of [...noted.started].reverse()) {
      if (one.pid !== process.pid && isAlive(one)) await stopProcess(one, one.patience)
    }
  }
  process.exit(0)
})
// it ends with its start and with nothing else
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})
process.send?.('ready')

function readNoted(): Noted | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Noted
  } catch {
    return undefined
  }
}
