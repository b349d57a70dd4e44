import { parseArgs } from 'node:util'
import { checkAutomations, diffAutomations, showAutomations } from '../automations/commands.ts'
import { check } from './check.ts'
import { diff } from './diff.ts'
import { exportRules } from './export.ts'
import { HELP } from './help.ts'
import { importRules } from './import.ts'
import { EXIT, type Io, WrongUse } from './io.ts'
import { ServerError, serverOf } from './server.ts'
import { show } from './show.ts'
import { wordsIn } from './words.ts'

const OPTIONS = {
  help: { type: 'boolean', short: 'h', default: false },
  json: { type: 'boolean', default: false },
  yes: { type: 'boolean', short: 'y', default: false },
  language: { type: 'string', short: 'l', default: 'en' },
  currency: { type: 'string', default: 'EUR' },
} as const

type Values = { help: boolean; json: boolean; yes: boolean; language: string; currency: string }

type Command = {
  /** What it is called with, as the help says it. */
  readonly takes: readonly string[]
  run(paths: readonly string[], values: Values, io: Io): number | Promise<number>
}

/** What is done to automations in files. */
const AUTOMATIONS: Readonly<Record<string, Command>> = {
  check: {
    takes: ['<folder>'],
    run: ([folder = ''], { json, ...values }, io) => checkAutomations(folder, { json, words: wordsIn(values) }, io),
  },
  show: { takes: ['<file>'], run: ([file = ''], values, io) => showAutomations(file, wordsIn(values), io) },
  diff: {
    takes: ['<old>', '<new>'],
    run: ([before = '', after = ''], values, io) => diffAutomations(before, after, wordsIn(values), io),
  },
}

const RULES: Readonly<Record<string, Command>> = {
  check: {
    takes: ['<folder>'],
    run: ([folder = ''], { json, ...values }, io) => check(folder, { json, words: wordsIn(values) }, io),
  },
  show: { takes: ['<file>'], run: ([file = ''], values, io) => show(file, wordsIn(values), io) },
  diff: {
    takes: ['<old>', '<new>'],
    run: ([before = '', after = ''], values, io) => diff(before, after, wordsIn(values), io),
  },
  export: { takes: ['<folder>'], run: ([folder = ''], _, io) => exportRules(folder, serverOf(io.env), io) },
  import: {
    takes: ['<folder>'],
    run: ([folder = ''], { yes, ...values }, io) =>
      importRules(folder, serverOf(io.env), { yes, words: wordsIn(values) }, io),
  },
}

const TOPICS: Readonly<Record<string, Readonly<Record<string, Command>>>> = { rules: RULES, automations: AUTOMATIONS }

/**
 * Runs the command `perennial`.
 *
 * @param args what stands behind its name: `rules check rules/`
 * @returns the exit code, as in {@link EXIT}
 */
export async function run(args: readonly string[], io: Io): Promise<number> {
  try {
    return await runCommand(args, io)
  } catch (error) {
    if (error instanceof WrongUse) {
      io.complain(`${error.message}\nSee \`perennial rules --help\`.`)
      return EXIT.usage
    }
    if (error instanceof ServerError) {
      io.complain(error.message)
      return EXIT.wrong
    }
    throw error
  }
}

function runCommand(args: readonly string[], io: Io): number | Promise<number> {
  const { values, positionals } = parsed(args)
  if (values.help) {
    io.say(HELP)
    return EXIT.fine
  }
  const [topic, name, ...paths] = positionals
  const commands = topic !== undefined && Object.hasOwn(TOPICS, topic) ? TOPICS[topic] : undefined
  if (commands === undefined) {
    const topics = Object.keys(TOPICS).map((one) => `“${one}”`)
    const message = `There is no “${topic}”, only ${topics.join(' and ')}.`
    throw new WrongUse(topic === undefined ? 'What to do is missing.' : message)
  }
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) {
    const names = Object.keys(commands).join(', ')
    throw new WrongUse(
      name === undefined ? `One of ${names} is missing.` : `There is no “${topic} ${name}”, only ${names}.`,
    )
  }
  if (paths.length !== command.takes.length) {
    throw new WrongUse(`Called with: perennial ${topic} ${name} ${command.takes.join(' ')}`)
  }
  return command.run(paths, values, io)
}

function parsed(args: readonly string[]): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : String(error))
  }
}
