import type { Messages } from './messages.ts'

/** French: what is said about rules: as outlines, of what changed in them, and of what seems wrong with them. */
export const remarksFr: Messages = {
  'outline.all': 'remplissent toutes ces conditions :',
  'outline.any': 'remplissent au moins une de ces conditions :',
  'outline.not.all': 'ne remplissent pas toutes ces conditions :',
  'outline.not.any': 'ne remplissent aucune de ces conditions :',

  'change.added': 'ajouté : « {after} »',
  'change.removed': 'retiré : « {before} »',
  'change.changed': '« {before} » devient « {after} »',
  'change.inverted': 'inversé : « {before} » devient « {after} »',
  'change.moved': 'déplacé : « {after} »',
  'change.turned.any': 'une seule de ces conditions suffit désormais, au lieu de toutes : {parts}',
  'change.turned.all': 'toutes ces conditions sont désormais nécessaires, au lieu d’une seule : {parts}',
  'change.grouped': 'désormais réuni : « {after} »',
  'change.ungrouped': 'n’est plus réuni : « {before} »',
  'change.quoted': '« {part} »',

  'segment.name': 'nom : « {before} » devient « {after} »',
  'segment.note': 'note : « {before} » devient « {after} »',
  'segment.scope': 'évalué {after}, au lieu de {before}',
  'segment.scope.business': 'pour toute l’entreprise',
  'segment.scope.provider': 'pour chaque prestataire',
  'segment.recalculation': 'recalculé {after}, au lieu de {before}',
  'segment.recalculation.live': 'en continu',
  'segment.recalculation.hourly': 'toutes les heures',
  'segment.recalculation.nightly': 'chaque nuit',
  'segment.recalculation.nightly_at': 'chaque nuit à {at}',
  'segment.recalculation.by_hand': 'à la main',
  'segment.written': 'la même règle, écrite autrement',

  'warning.nobody_passes': 'Personne ne peut passer ici.',
  'warning.nobody_passes.because': 'Personne ne peut passer ici : cela exclut ce que demande « {because} ».',
  'warning.nobody_passes.rule': 'Personne ne peut jamais être dans ce segment.',
  'warning.always_true': 'C’est toujours vrai et n’écarte personne.',
  'warning.always_true.rule': 'Cela laisse entrer tout le monde.',
  'warning.same_twice': 'Ceci figure ici deux fois : « {part} ».',
  'warning.empty_group.all': 'Ce groupe est vide : tout le monde passe.',
  'warning.empty_group.any': 'Ce groupe est vide : personne ne passe.',
}
