import type { Messages } from './messages.ts'

/** English: what is said about rules: as outlines, of what changed in them, and of what seems wrong with them. */
export const remarksEn: Messages = {
  'outline.all': 'meet all of these:',
  'outline.any': 'meet at least one of these:',
  'outline.not.all': 'do not meet all of these:',
  'outline.not.any': 'meet none of these:',

  'change.added': 'added: “{after}”',
  'change.removed': 'removed: “{before}”',
  'change.changed': '“{before}” becomes “{after}”',
  'change.inverted': 'inverted: “{before}” becomes “{after}”',
  'change.moved': 'moved: “{after}”',
  'change.turned.any': 'now any of these is enough, instead of all: {parts}',
  'change.turned.all': 'now all of these are needed, instead of any: {parts}',
  'change.grouped': 'now taken together: “{after}”',
  'change.ungrouped': 'no longer taken together: “{before}”',
  'change.quoted': '“{part}”',

  'segment.name': 'name: “{before}” becomes “{after}”',
  'segment.note': 'note: “{before}” becomes “{after}”',
  'segment.scope': 'evaluated {after}, instead of {before}',
  'segment.scope.business': 'for the whole business',
  'segment.scope.provider': 'for each provider',
  'segment.recalculation': 'recalculated {after}, instead of {before}',
  'segment.recalculation.live': 'live',
  'segment.recalculation.hourly': 'every hour',
  'segment.recalculation.nightly': 'every night',
  'segment.recalculation.nightly_at': 'every night at {at}',
  'segment.recalculation.by_hand': 'by hand',
  'segment.written': 'the same rule, written in another way',

  'warning.nobody_passes': 'Nobody can pass here.',
  'warning.nobody_passes.because': 'Nobody can pass here: this excludes what “{because}” requires.',
  'warning.nobody_passes.rule': 'Nobody can ever be in this segment.',
  'warning.always_true': 'This is always true and turns nobody aside.',
  'warning.always_true.rule': 'This lets everybody in.',
  'warning.same_twice': 'This stands here twice: “{part}”.',
  'warning.empty_group.all': 'This group is empty: everybody passes.',
  'warning.empty_group.any': 'This group is empty: nobody passes.',
}
