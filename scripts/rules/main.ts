import { createInterface } from 'node:readline/promises'
import { run } from './run.ts'

process.exitCode = await run(process.argv.slice(2), {
  say: (text) => process.stdout.write(`${text}\n`),
  complain: (text) => process.stderr.write(`${text}\n`),
  ask: async (question) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr })
    // the end of the input is no answer
    const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')))
    const answer = await Promise.race([lines.question(question), ended])
    lines.close()
    return answer
  },
  env: process.env,
})
