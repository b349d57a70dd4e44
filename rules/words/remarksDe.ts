import type { Messages } from './messages.ts'

/** German: what is said about rules: as outlines, of what changed in them, and of what seems wrong with them. */
export const remarksDe: Messages = {
  'outline.all': 'all das erfüllen:',
  'outline.any': 'mindestens eines davon erfüllen:',
  'outline.not.all': 'nicht all das erfüllen:',
  'outline.not.any': 'nichts davon erfüllen:',

  'change.added': 'hinzugefügt: „{after}“',
  'change.removed': 'entfernt: „{before}“',
  'change.changed': 'aus „{before}“ wird „{after}“',
  'change.inverted': 'umgekehrt: aus „{before}“ wird „{after}“',
  'change.moved': 'verschoben: „{after}“',
  'change.turned.any': 'jetzt genügt eines davon, statt alle: {parts}',
  'change.turned.all': 'jetzt muss alles davon gelten, statt nur eines: {parts}',
  'change.grouped': 'jetzt zusammengefasst: „{after}“',
  'change.ungrouped': 'nicht mehr zusammengefasst: „{before}“',
  'change.quoted': '„{part}“',

  'segment.name': 'Name: aus „{before}“ wird „{after}“',
  'segment.note': 'Notiz: aus „{before}“ wird „{after}“',
  'segment.scope': 'gilt {after}, statt {before}',
  'segment.scope.business': 'für den ganzen Betrieb',
  'segment.scope.provider': 'für jeden Anbieter',
  'segment.recalculation': 'wird {after} berechnet, statt {before}',
  'segment.recalculation.live': 'laufend',
  'segment.recalculation.hourly': 'stündlich',
  'segment.recalculation.nightly': 'jede Nacht',
  'segment.recalculation.nightly_at': 'jede Nacht um {at}',
  'segment.recalculation.by_hand': 'von Hand',
  'segment.written': 'dieselbe Regel, anders geschrieben',

  'warning.nobody_passes': 'Hier kommt niemand durch.',
  'warning.nobody_passes.because': 'Hier kommt niemand durch: Das schließt aus, was „{because}“ verlangt.',
  'warning.nobody_passes.rule': 'In diesem Segment kann nie jemand sein.',
  'warning.always_true': 'Das trifft immer zu und hält niemanden auf.',
  'warning.always_true.rule': 'Das lässt alle herein.',
  'warning.same_twice': 'Das steht hier zweimal: „{part}“.',
  'warning.empty_group.all': 'Diese Gruppe ist leer: Alle kommen durch.',
  'warning.empty_group.any': 'Diese Gruppe ist leer: Niemand kommt durch.',
}
