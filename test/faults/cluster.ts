// A replicated database and a Temporal of several servers, one of each killed on the way and brought back:
//
//   node test/faults/cluster.ts --temporal 127.0.0.11:7233 --temporal 127.0.0.12:7233 \
//     --kill-temporal 'COMMAND' --revive-temporal 'COMMAND' [--seconds 90] [--seed N]
//
// The three nodes of the database are started here (MariaDB with Galera), two API and two worker processes beside them: one of
// each role works with the first server and the first node, the other one with the second of both, which are killed. The
// commands kill the second Temporal server and start it again; without them only a node and our own processes are killed.
import { execSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openDatabase } from '../../domain/database.ts'
import { migrate } from '../../migrations/run.ts'
import { createNamespace } from '../support/temporal.ts'
import { Galera } from './galera.ts'
import { play, type Strike } from './play.ts'

const { values } = parseArgs({
  options: {
    temporal: { type: 'string', multiple: true, default: [] },
    'kill-temporal': { type: 'string' },
    'revive-temporal': { type: 'string' },
    seconds: { type: 'string', default: '90' },
    seed: { type: 'string', default: '20261201' },
  },
})
/** How long something that was killed stays away, in milliseconds. */
const AWAY = 5_000

const say = (line: string) => process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`)
const [first = '', second = first] = values.temporal
if (first === '') throw new Error('--temporal ADDRESS is missing')

const folder = mkdtempSync(join(tmpdir(), 'perennial-cluster-'))
const galera = await Galera.start(folder)
try {
  const name = `faults_${randomBytes(4).toString('hex')}`
  const [one = '', two = ''] = galera.urls.map((url) => `${url}/${name}`)
  const administration = openDatabase(`${galera.urls[0]}/`, 1)
  await administration.raw(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`)
  await administration.destroy()
  const db = openDatabase(one)
  await migrate(db)
  await db.destroy()
  say('the database has three nodes')

  const { 'kill-temporal': kill, 'revive-temporal': revive } = values
  const node: Strike = { name: 'a node of the database', strike: () => galera.strike(1, AWAY) }
  const server: Strike[] =
    kill === undefined || revive === undefined
      ? []
      : [
          {
            name: 'a server of Temporal',
            strike: async () => {
              execSync(kill, { stdio: 'ignore' })
              await sleep(AWAY)
              execSync(revive, { stdio: 'ignore' })
            },
          },
        ]
  process.env.TEMPORAL_ADDRESS = first
  const { faults, ...figures } = await play({
    roles: ['api', 'api', 'worker', 'worker'],
    places: [
      { databaseUrl: one, temporalAddress: first },
      { databaseUrl: two, temporalAddress: second },
    ],
    ...{ namespace: await createNamespace(), seconds: Number(values.seconds), pause: 7, seed: Number(values.seed) },
    ...{ strikes: [node, ...server], say },
  })
  say(JSON.stringify(figures))
  for (const fault of faults) say(`WRONG: ${fault}`)
  say(faults.length === 0 ? 'nothing lost, nothing twice' : `${faults.length} faults`)
  process.exitCode = faults.length === 0 ? 0 : 1
} finally {
  await galera.end()
  rmSync(folder, { recursive: true, force: true })
}
process.exit()
