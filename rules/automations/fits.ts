import type { Happening, Trigger } from './automation.ts'

/** Something that has happened to a customer, with whatever is known of it. */
export type Occurrence = {
  readonly at: Date
  readonly on: Happening['on']
  /** The segment, tag, survey, kind of event, or the step whose message it was. */
  readonly about?: string
  readonly service?: string | null
  readonly type?: string | null
  readonly answer?: string
  readonly from?: string
  readonly to?: string
}

/** What a happening is about, as it is looked for; empty for those that are about nothing in particular. */
function aboutOf(asked: Happening | Trigger): string {
  if ('segment' in asked) return asked.segment
  if ('tag' in asked) return asked.tag
  if ('survey' in asked) return asked.survey
  if ('name' in asked) return asked.name
  return 'step' in asked ? asked.step : ''
}

/** Whether it is what was asked for, in every detail. */
export function fits(asked: Happening | Trigger, it: Occurrence): boolean {
  if (asked.on !== it.on || (aboutOf(asked) !== '' && aboutOf(asked) !== it.about)) return false
  if ('services' in asked && asked.services !== undefined && !asked.services.includes(it.service ?? '')) return false
  if ('types' in asked && asked.types !== undefined && !asked.types.includes(it.type ?? '')) return false
  if ('answers' in asked && asked.answers !== undefined && !asked.answers.includes(it.answer ?? '')) return false
  if (asked.on !== 'status_changes') return true
  return (asked.from ?? it.from) === it.from && (asked.to ?? it.to) === it.to
}
