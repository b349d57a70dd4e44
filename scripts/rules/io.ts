/** What a command has to do with the world. */
export type Io = {
  /** A line on the standard output: what was asked for. */
  say(text: string): void
  /** A line on the standard error: why it could not be had. */
  complain(text: string): void
  /** Asks a person; the empty text when there is none. */
  ask(question: string): Promise<string>
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Exit codes: all is well; something is wrong with what was looked at; the command was called in a wrong way. */
export const EXIT = { fine: 0, wrong: 1, usage: 2 } as const

/** The command was called in a way that it can't be; the sentence says how it can. */
export class WrongUse extends Error {}
