// `npm start [-- all|api|worker]`: brings up what is missing, starts the system, and stops it in order when asked to.
import { Hint, wordsOf } from '../parts/hint.ts'
import { say, seconds } from '../parts/progress.ts'
import { readEnvironment } from './environment.ts'
import { System } from './system.ts'

const began = performance.now()
let system: System | undefined
let ending = false

/** Stops everything once, whoever asks for it and however often, and ends this process. */
async function end(code: number): Promise<void> {
  if (ending) return
  ending = true
  await system?.stop()
  process.exit(code)
}

async function fail(error: unknown): Promise<void> {
  // stopping while starting makes everything fail that is under way: that is not news
  if (ending) return
  const words = error instanceof Hint ? error.message : error instanceof Error ? error.stack : wordsOf(error)
  process.stderr.write(`\n${words}\n`)
  await end(1)
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (!ending) say('start', 'stopping')
    void end(0)
  })
}
// whoever started this was killed: nobody can stop it any more, and the next start wants the data
process.on('disconnect', () => void end(1))
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
process.on('uncaughtException', (error) => void fail(error))

try {
  const environment = readEnvironment(process.env, process.argv.slice(2))
  system = await System.claim(environment, (why) => void fail(why))
  await system.start()
  say('start', `everything is up after ${seconds(began)}`)
  process.stdout.write(
    environment.role === 'worker' ? 'ready worker\n' : `ready http://localhost:${environment.port}\n`,
  )
} catch (error) {
  await fail(error)
}
