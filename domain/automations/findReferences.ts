import type { Automation } from '../../rules/automations/automation.ts'
import type { Finding, FindingKind } from '../../rules/automations/findings.ts'
import { rulesIn } from '../../rules/automations/rules.ts'
import { stepsOf } from '../../rules/automations/steps.ts'
import type { Path } from '../../rules/rule.ts'
import { segmentsIn } from '../../rules/segmentsIn.ts'
import { type Database, rows } from '../database.ts'
import type { ChannelName } from '../deliveries/channels/channel.ts'
import { checkLink } from '../messages/checkLink.ts'
import { isMergeTagName, readMergeTags } from '../messages/mergeTags.ts'
import type { OfferedAnswer } from '../templates/compile/compiled.ts'

/**
 * What is wrong in an automation that only the database knows: templates that are not there or not published, or in which
 * nobody would find how to unsubscribe; segments, surveys and providers that are not there.
 *
 * @param channels those that somebody has set up
 */
export async function findReferences(
  db: Database,
  automation: Automation,
  channels: readonly ChannelName[],
): Promise<Finding[]> {
  return [
    ...(await templateFindings(db, automation)),
    ...messageFindings(automation, channels),
    ...(await segmentFindings(db, automation)),
    ...(await surveyFindings(db, automation)),
    ...(await providerFindings(db, automation)),
  ]
}

type Named = { path: Path; step: string | null }

const wrong = (
  { path, step }: Named,
  kind: FindingKind,
  values: Record<string, string>,
  level: Finding['level'] = 'error',
): Finding => ({ path, step, level, kind, values })

type TemplateRow = {
  key: string
  channel: ChannelName
  archived_at: Date | null
  version: number
  has_link: number | null
}

async function templateFindings(db: Database, automation: Automation): Promise<Finding[]> {
  const sends = stepsOf(automation).flatMap(({ step, path }) =>
    'send' in step && step.send.channel === 'email'
      ? [{ path: `${path}/send/template`, step: step.id, ...step.send }]
      : [],
  )
  if (sends.length === 0) return []
  const found = await rows<TemplateRow>(
    db,
    `SELECT t.\`key\`, t.channel, t.archived_at, t.version, v.html LIKE '%links.unsubscribe%' AS has_link
     FROM templates t LEFT JOIN template_versions v ON v.template_id = t.id AND v.version = t.version
     WHERE t.\`key\` IN (?)`,
    [sends.map(({ template }) => template)] as never,
  )
  const templates = new Map(found.map((row) => [row.key, row]))
  return sends.flatMap(({ template, channel, path, step }) => {
    const problem = templateProblem(templates.get(template), channel)
    return problem === null ? [] : [wrong({ path, step }, problem, { template, channel })]
  })
}

/** Whether the channels are there, and what is written at a step itself: its merge tags, and the page that it opens. */
function messageFindings(automation: Automation, channels: readonly ChannelName[]): Finding[] {
  return stepsOf(automation).flatMap(({ step, path }) => {
    if (!('send' in step)) return []
    const { send } = step
    const at = (member: string): Named => ({ path: `${path}/send/${member}`, step: step.id })
    const { channel } = send
    const notSet = channels.includes(channel)
      ? []
      : [wrong(at('channel'), 'channel_not_set_up', { channel }, 'warning')]
    if (send.channel === 'email') return notSet
    const texts = send.channel === 'push' ? (['title', 'text'] as const) : (['text'] as const)
    const tags = texts.flatMap((member) =>
      readMergeTags((send as Record<'title' | 'text', string>)[member]).flatMap((part) => {
        if (!('name' in part)) return []
        if (!isMergeTagName(part.name)) return [wrong(at(member), 'no_merge_tag', { tag: part.name })]
        const gap = part.name.startsWith('customer.') && part.fallback.trim() === ''
        return gap ? [wrong(at(member), 'no_fallback', { tag: part.name }, 'warning')] : []
      }),
    )
    if (send.channel === 'sms' || send.url === undefined) return [...notSet, ...tags]
    const link = checkLink(send.url)
    return [...notSet, ...tags, ...('mistake' in link ? [wrong(at('url'), 'bad_link', { url: send.url })] : [])]
  })
}

function templateProblem(row: TemplateRow | undefined, channel: ChannelName): FindingKind | null {
  if (row === undefined) return 'no_template'
  if (row.archived_at !== null) return 'template_archived'
  if (row.version === 0) return 'template_not_published'
  if (row.channel !== channel) return 'template_channel'
  return channel === 'email' && row.has_link !== 1 ? 'no_unsubscribe' : null
}

/** Where an automation names a segment: in happenings, in steps and in rules. */
function segmentsOf(automation: Automation): (Named & { segment: string; inRule: boolean })[] {
  const happens = (on: unknown, path: Path, step: string | null = null) => {
    const segment = typeof on === 'object' && on !== null && 'segment' in on ? on.segment : undefined
    return typeof segment === 'string' ? [{ path: `${path}/segment`, step, segment, inRule: false }] : []
  }
  const inSteps = stepsOf(automation).flatMap(({ step, path }) => {
    if ('wait_for' in step) return happens(step.wait_for, `${path}/wait_for`, step.id)
    if (!('segment' in step)) return []
    const act = 'put' in step.segment ? 'put' : 'take'
    const segment = 'put' in step.segment ? step.segment.put : step.segment.take
    return [{ path: `${path}/segment/${act}`, step: step.id, segment, inRule: false }]
  })
  const inRules = rulesIn(automation).flatMap(({ rule, path, step }) =>
    segmentsIn(rule).map(({ key, path: at }) => ({ path: `${path}${at}/value`, step, segment: key, inRule: true })),
  )
  return [
    ...happens(automation.when, '/when'),
    ...(automation.unless ?? []).flatMap(({ on }, n) => happens(on, `/unless/${n}/on`)),
    ...happens(automation.goal?.on, '/goal/on'),
    ...inSteps,
    ...inRules,
  ]
}

async function segmentFindings(db: Database, automation: Automation): Promise<Finding[]> {
  const named = segmentsOf(automation)
  if (named.length === 0) return []
  const keys = named.map(({ segment }) => segment).filter((key) => /^[\x20-\x7e]*$/.test(key))
  const found = await rows<{ key: string; scope: string }>(db, 'SELECT `key`, scope FROM segments WHERE `key` IN (?)', [
    keys.length === 0 ? [''] : keys,
  ] as never)
  const scopes = new Map(found.map(({ key, scope }) => [key, scope]))
  return named.flatMap(({ segment, inRule, ...at }) => {
    const scope = scopes.get(segment)
    if (scope === undefined) return [wrong(at, 'no_segment', { segment })]
    // a rule of the whole business may ask for a segment of providers: whether it holds with any of them
    const differs = !inRule && scope === 'provider' && automation.scope === 'business'
    return differs ? [wrong(at, 'segment_scope', { segment }, 'warning')] : []
  })
}

/** A survey is asked by a published template; who waits for an answer that nobody can give waits in vain. */
async function surveyFindings(db: Database, automation: Automation): Promise<Finding[]> {
  const happens = (on: unknown, path: Path, step: string | null = null) =>
    isSurvey(on) ? [{ path, step, survey: on.survey, answers: on.answers ?? [] }] : []
  const asked = [
    ...happens(automation.when, '/when'),
    ...(automation.unless ?? []).flatMap(({ on }, n) => happens(on, `/unless/${n}/on`)),
    ...happens(automation.goal?.on, '/goal/on'),
    ...stepsOf(automation).flatMap(({ step, path }) =>
      'wait_for' in step ? happens(step.wait_for, `${path}/wait_for`, step.id) : [],
    ),
  ]
  if (asked.length === 0) return []
  const offered = await rows<{ answers: string }>(
    db,
    `SELECT v.answers FROM template_versions v JOIN templates t ON t.id = v.template_id AND t.version = v.version
     WHERE t.archived_at IS NULL AND v.answers <> '[]'`,
  )
  const answersOf = new Map<string, Set<string>>()
  for (const { answers } of offered) {
    for (const { survey, answer } of JSON.parse(answers) as OfferedAnswer[]) {
      answersOf.set(survey, (answersOf.get(survey) ?? new Set()).add(answer))
    }
  }
  return asked.flatMap(({ survey, answers, path, step }) => {
    const known = answersOf.get(survey)
    if (known === undefined) return [wrong({ path: `${path}/survey`, step }, 'no_survey', { survey }, 'warning')]
    return answers.flatMap((answer, n) =>
      known.has(answer)
        ? []
        : [wrong({ path: `${path}/answers/${n}`, step }, 'no_answer', { survey, answer }, 'warning')],
    )
  })
}

function isSurvey(on: unknown): on is { survey: string; answers?: readonly string[] } {
  return typeof on === 'object' && on !== null && 'survey' in on && typeof on.survey === 'string'
}

async function providerFindings(db: Database, automation: Automation): Promise<Finding[]> {
  const named = stepsOf(automation).flatMap(({ step, path }) => {
    const gift = 'give' in step ? step.give : 'send' in step ? step.send.reward : undefined
    const at = 'give' in step ? `${path}/give/provider` : `${path}/send/reward/provider`
    return gift?.provider === undefined ? [] : [{ path: at, step: step.id, provider: gift.provider }]
  })
  if (named.length === 0) return []
  const found = await rows<{ external_id: string }>(
    db,
    'SELECT external_id FROM providers WHERE known = 1 AND external_id IN (?)',
    [named.map(({ provider }) => provider)] as never,
  )
  const known = new Set(found.map(({ external_id }) => external_id))
  return named.flatMap(({ provider, ...at }) => (known.has(provider) ? [] : [wrong(at, 'no_provider', { provider })]))
}
