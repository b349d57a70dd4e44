import type { Automation } from '../../rules/automations/automation.ts'
import { checkAutomation } from '../../rules/automations/check.ts'
import { type Finding, findingsIn } from '../../rules/automations/findings.ts'
import { automationsEn } from '../../rules/automations/words/en.ts'
import { findingInWords } from '../../rules/automations/words/findingWords.ts'
import { en, type WordOptions } from '../../rules/words.ts'
import type { Database } from '../database.ts'
import type { ChannelName } from '../deliveries/channels/channel.ts'
import { type Mistake, Problem } from '../errors.ts'
import { findReferences } from './findReferences.ts'

/** What was found in a definition: mistakes of its form have no kind, and are said in English. */
export type ToldFinding = Omit<Finding, 'kind'> & { kind: string; message: string }

const WORDS: WordOptions = { messages: { ...en, ...automationsEn }, locale: 'en', currency: 'EUR' }

/**
 * Everything that is wrong in a definition that somebody sent, and what looks wrong.
 *
 * @param channels those that somebody has set up
 * @returns the automation where its form is right, whatever else is wrong with it
 */
export async function checkDefinition(
  db: Database,
  json: unknown,
  channels: readonly ChannelName[],
): Promise<{ automation: Automation | undefined; findings: ToldFinding[] }> {
  const { automation, mistakes } = checkAutomation(json)
  if (mistakes !== undefined) {
    const findings = mistakes.map(({ path, message }): ToldFinding => {
      return { path, step: stepAt(json, path), level: 'error', kind: 'form', values: {}, message }
    })
    return { automation, findings }
  }
  const found = [...findingsIn(automation), ...(await findReferences(db, automation, channels))]
  const findings = found.map((finding) => ({ ...finding, message: findingInWords(finding, automation, WORDS) }))
  return { automation, findings }
}

/**
 * A definition that may be published.
 *
 * @returns it with what looks wrong, although nothing forbids it
 * @throws Problem 'invalid' with every mistake; paths begin with `/definition`, where it stands in the request
 */
export async function requireDefinition(
  db: Database,
  json: unknown,
  channels: readonly ChannelName[],
): Promise<{ automation: Automation; findings: ToldFinding[] }> {
  const { automation, findings } = await checkDefinition(db, json, channels)
  const errors = findings.filter(({ level }) => level === 'error')
  const [first] = errors
  if (automation === undefined || first !== undefined) {
    const listed = errors.map(({ path, message }): Mistake => ({ path: `/definition${path}`, message }))
    const more = listed.length > 1 ? ` (and ${listed.length - 1} more)` : ''
    throw new Problem('invalid', `${listed[0]?.path}: ${first?.message}${more}`, listed, { findings })
  }
  return { automation, findings }
}

/** The innermost step that a path leads into, in a definition that may hold mistakes. */
function stepAt(json: unknown, path: string): string | null {
  let step: string | null = null
  let at: unknown = json
  for (const part of path.split('/').slice(1)) {
    if (typeof at !== 'object' || at === null) break
    at = (at as Record<string, unknown>)[part]
    // exit conditions have ids as well; steps stand in lists
    const id = typeof at === 'object' && at !== null && /^\d+$/.test(part) ? (at as { id?: unknown }).id : undefined
    if (typeof id === 'string' && !path.startsWith('/unless')) step = id
  }
  return step
}
