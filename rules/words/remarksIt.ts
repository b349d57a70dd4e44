import type { Messages } from './messages.ts'

/** Italian: what is said about rules: as outlines, of what changed in them, and of what seems wrong with them. */
export const remarksIt: Messages = {
  'outline.all': 'soddisfano tutte queste condizioni:',
  'outline.any': 'soddisfano almeno una di queste condizioni:',
  'outline.not.all': 'non soddisfano tutte queste condizioni:',
  'outline.not.any': 'non soddisfano nessuna di queste condizioni:',

  'change.added': 'aggiunto: «{after}»',
  'change.removed': 'tolto: «{before}»',
  'change.changed': '«{before}» diventa «{after}»',
  'change.inverted': 'invertito: «{before}» diventa «{after}»',
  'change.moved': 'spostato: «{after}»',
  'change.turned.any': 'ora ne basta una, invece di tutte: {parts}',
  'change.turned.all': 'ora servono tutte, invece di una sola: {parts}',
  'change.grouped': 'ora considerato insieme: «{after}»',
  'change.ungrouped': 'non più considerato insieme: «{before}»',
  'change.quoted': '«{part}»',

  'segment.name': 'nome: «{before}» diventa «{after}»',
  'segment.note': 'nota: «{before}» diventa «{after}»',
  'segment.scope': 'valutato {after}, invece che {before}',
  'segment.scope.business': 'per tutta l’attività',
  'segment.scope.provider': 'per ogni fornitore',
  'segment.recalculation': 'ricalcolato {after}, invece che {before}',
  'segment.recalculation.live': 'in tempo reale',
  'segment.recalculation.hourly': 'ogni ora',
  'segment.recalculation.nightly': 'ogni notte',
  'segment.recalculation.nightly_at': 'ogni notte alle {at}',
  'segment.recalculation.by_hand': 'a mano',
  'segment.written': 'la stessa regola, scritta in un altro modo',

  'warning.nobody_passes': 'Qui non può passare nessuno.',
  'warning.nobody_passes.because': 'Qui non può passare nessuno: esclude ciò che «{because}» richiede.',
  'warning.nobody_passes.rule': 'In questo segmento non può mai esserci nessuno.',
  'warning.always_true': 'È sempre vero e non ferma nessuno.',
  'warning.always_true.rule': 'Questo fa entrare tutti.',
  'warning.same_twice': 'Questo è scritto due volte: «{part}».',
  'warning.empty_group.all': 'Questo gruppo è vuoto: passano tutti.',
  'warning.empty_group.any': 'Questo gruppo è vuoto: non passa nessuno.',
}
