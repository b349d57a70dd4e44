import type { TemplateContent } from '../../../api/contract/templates.ts'
import { type MjmlCommand, tryCommand } from './commands.ts'
import { applyEdits, invertEdits, type TextEdit } from './edits.ts'
import { parseMjml } from './parse.ts'
import type { Path } from './walk.ts'

/** What belongs to a template besides its source. */
type Around = Omit<Required<TemplateContent>, 'mjml'>

/** A template as it is written: source, subject, preheader, text part, test data. */
export type Content = Required<TemplateContent>

/** One change of a content. */
export type ContentChange =
  | { readonly kind: 'mjml'; readonly edits: readonly TextEdit[] }
  | { readonly kind: 'around'; readonly values: Partial<Around> }
  /** Another content takes its place: somebody else's draft, the published one. */
  | { readonly kind: 'all'; readonly content: Content }

type Step = {
  readonly undo: readonly ContentChange[]
  readonly redo: readonly ContentChange[]
  /** What was done, in words. */
  readonly label: string
  readonly group: string
  /** The block that was selected before and after it. */
  readonly from: Path
  readonly to: Path
}

/** A template that is being changed, with what was done and undone. Both views work on this one. */
export type TemplateDraft = {
  /** As it is published, or began. */
  readonly saved: Content
  readonly content: Content
  readonly past: readonly Step[]
  readonly future: readonly Step[]
  /** The block that is selected. */
  readonly selected: Path
}

export type TemplateAction =
  /** Changes with the same `group` one after another are undone as one. */
  | {
      readonly type: 'change'
      readonly change: ContentChange | { readonly kind: 'command'; readonly command: MjmlCommand }
      readonly label: string
      readonly group?: string | undefined
      readonly selected?: Path | undefined
    }
  | { readonly type: 'select'; readonly path: Path }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  /** The content was published, by whomever. */
  | { readonly type: 'saved'; readonly content: Content }

/** More steps back than anybody remembers. */
const MOST_STEPS = 500

/** @param kept what somebody has made of it before, as the server keeps it */
export const templateDraftOf = (saved: Content, kept: Content = saved): TemplateDraft => ({
  saved,
  content: kept,
  past: [],
  future: [],
  selected: '',
})

/** Whether two contents say the same. */
export const isSameContent = (one: Content, other: Content): boolean =>
  one === other ||
  (one.mjml === other.mjml &&
    one.subject === other.subject &&
    one.preheader === other.preheader &&
    one.text === other.text &&
    JSON.stringify(one.test_data) === JSON.stringify(other.test_data))

export const isChanged = (draft: TemplateDraft): boolean => !isSameContent(draft.content, draft.saved)

/** The content after a change. */
function applied(content: Content, change: ContentChange): Content {
  switch (change.kind) {
    case 'mjml':
      return { ...content, mjml: applyEdits(content.mjml, change.edits) }
    case 'around':
      return { ...content, ...change.values }
    case 'all':
      return change.content
  }
}

/** The change that takes the content after `change` back to `content`. */
function inverted(content: Content, change: ContentChange): ContentChange {
  switch (change.kind) {
    case 'mjml':
      return { kind: 'mjml', edits: invertEdits(content.mjml, change.edits) }
    case 'around': {
      const names = Object.keys(change.values) as (keyof Around)[]
      return { kind: 'around', values: Object.fromEntries(names.map((name) => [name, content[name]])) }
    }
    case 'all':
      return { kind: 'all', content }
  }
}

/** The draft after an action. */
export function reduceTemplate(draft: TemplateDraft, action: TemplateAction): TemplateDraft {
  switch (action.type) {
    case 'select':
      return draft.selected === action.path ? draft : { ...draft, selected: action.path }
    case 'change':
      return changed(draft, action)
    case 'undo': {
      const step = draft.past.at(-1)
      if (!step) return draft
      return {
        ...draft,
        content: step.undo.reduce(applied, draft.content),
        past: draft.past.slice(0, -1),
        future: [step, ...draft.future],
        selected: step.from,
      }
    }
    case 'redo': {
      const [step, ...future] = draft.future
      if (!step) return draft
      const content = step.redo.reduce(applied, draft.content)
      return { ...draft, content, past: [...draft.past, step], future, selected: step.to }
    }
    case 'saved': {
      if (isSameContent(draft.content, action.content)) return { ...draft, saved: action.content }
      if (isChanged(draft)) return { ...draft, saved: action.content }
      return { ...templateDraftOf(action.content), selected: draft.selected }
    }
  }
}

function changed(draft: TemplateDraft, action: Extract<TemplateAction, { type: 'change' }>): TemplateDraft {
  const { label, group = '' } = action
  const resolved = changeOf(draft, action)
  if (!resolved) return draft
  const { change, selected } = resolved
  const content = applied(draft.content, change)
  if (isSameContent(content, draft.content)) return draft
  const undo = inverted(draft.content, change)
  const last = draft.past.at(-1)
  const joins = group !== '' && last?.group === group && draft.future.length === 0
  const step: Step = joins
    ? { ...last, undo: [undo, ...last.undo], redo: [...last.redo, change], to: selected }
    : { undo: [undo], redo: [change], label, group, from: draft.selected, to: selected }
  const before = joins ? draft.past.slice(0, -1) : draft.past
  return { ...draft, content, past: [...before, step].slice(-MOST_STEPS), future: [], selected }
}

/** A command becomes the edits that it is for the source as it is now, however many strokes came since it was given. */
function changeOf(
  draft: TemplateDraft,
  { change, selected = draft.selected }: Extract<TemplateAction, { type: 'change' }>,
): { change: ContentChange; selected: Path } | undefined {
  if (change.kind !== 'command') return { change, selected }
  const done = tryCommand(parseMjml(draft.content.mjml), change.command)
  return 'refused' in done ? undefined : { change: { kind: 'mjml', edits: done.edits }, selected: done.selected }
}
