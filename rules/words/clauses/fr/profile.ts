import type { Messages } from '../../messages.ts'

/** French: what is said of the person. */
export const profile: Messages = {
  'noun.gender': 'le sexe',
  'noun.language': 'la langue',
  'noun.country': 'le pays',
  'noun.customer_group': 'le groupe de clients',
  'noun.aggregator': 'la plateforme',
  'noun.status': 'le statut',
  'noun.joined': 'leur inscription',
  'noun.birthday': 'leur anniversaire',

  'clause.gender.one_of': 'sont de sexe *{value}*',
  'not.gender.one_of': 'ne sont *pas* de sexe *{value}*',

  'clause.language.one_of': 'parlent *{value}*',
  'not.language.one_of': 'ne parlent *pas {value}*',

  'clause.country.one_of': 'ont pour pays *{value}*',
  'not.country.one_of': 'n’ont *pas* pour pays *{value}*',

  'clause.customer_group.one_of': 'font partie du groupe *{value}*',
  'not.customer_group.one_of': 'ne font *pas* partie du groupe *{value}*',

  'clause.aggregator.one_of': 'sont venus par *{value}*',
  'not.aggregator.one_of': 'ne sont *pas* venus par *{value}*',

  'clause.status.one_of': 'ont le statut *{value}*',
  'not.status.one_of': 'n’ont *pas* le statut *{value}*',

  'clause.age.compare': 'ont *{compare}* ans',
  'not.age.compare': 'n’ont *pas {compare}* ans',

  'clause.joined.within_last': 'se sont inscrits *il y a moins de {value}*',
  'not.joined.within_last': 'ne se sont *pas* inscrits *il y a moins de {value}*',
  'clause.joined.more_than_ago': 'se sont inscrits *il y a plus de {value}*',
  'not.joined.more_than_ago': 'ne se sont *pas* inscrits *il y a plus de {value}*',
  'clause.joined.before': 'se sont inscrits *avant le {value}*',
  'not.joined.before': 'ne se sont *pas* inscrits *avant le {value}*',
  'clause.joined.after': 'se sont inscrits *après le {value}*',
  'not.joined.after': 'ne se sont *pas* inscrits *après le {value}*',
  'clause.joined.on': 'se sont inscrits *le {value}*',
  'not.joined.on': 'ne se sont *pas* inscrits *le {value}*',
  'clause.joined.set': 'ont *une date d’inscription connue*',
  'not.joined.set': 'n’ont *aucune date d’inscription connue*',

  'clause.attribute.set': 'ont *une valeur* pour « {noun} »',
  'not.attribute.set': 'n’ont *aucune valeur* pour « {noun} »',
  'clause.attribute.one_of': 'ont *{value}* pour « {noun} »',
  'not.attribute.one_of': 'n’ont *pas {value}* pour « {noun} »',
  'clause.attribute.compare': 'ont *{compare}* pour « {noun} »',
  'not.attribute.compare': 'n’ont *pas {compare}* pour « {noun} »',
  'clause.attribute.contains': 'ont pour « {noun} » une valeur qui *contient {value}*',
  'not.attribute.contains': 'n’ont pour « {noun} » *aucune* valeur qui *contient {value}*',
  'clause.attribute.starts_with': 'ont pour « {noun} » une valeur qui *commence par {value}*',
  'not.attribute.starts_with': 'n’ont pour « {noun} » *aucune* valeur qui *commence par {value}*',
  'clause.attribute.within_last': 'ont pour « {noun} » une date *il y a moins de {value}*',
  'not.attribute.within_last': 'n’ont pour « {noun} » *aucune* date *il y a moins de {value}*',
  'clause.attribute.within_next': 'ont pour « {noun} » une date *d’ici {value}*',
  'not.attribute.within_next': 'n’ont pour « {noun} » *aucune* date *d’ici {value}*',
  'clause.attribute.more_than_ago': 'ont pour « {noun} » une date *il y a plus de {value}*',
  'not.attribute.more_than_ago': 'n’ont pour « {noun} » *aucune* date *il y a plus de {value}*',
  'clause.attribute.more_than_ahead': 'ont pour « {noun} » une date *dans plus de {value}*',
  'not.attribute.more_than_ahead': 'n’ont pour « {noun} » *aucune* date *dans plus de {value}*',
  'clause.attribute.before': 'ont pour « {noun} » une date *avant le {value}*',
  'not.attribute.before': 'n’ont pour « {noun} » *aucune* date *avant le {value}*',
  'clause.attribute.after': 'ont pour « {noun} » une date *après le {value}*',
  'not.attribute.after': 'n’ont pour « {noun} » *aucune* date *après le {value}*',
  'clause.attribute.on': 'ont pour « {noun} » *le {value}*',
  'not.attribute.on': 'n’ont *pas* pour « {noun} » *le {value}*',
  'clause.attribute.true': 'ont *oui* pour « {noun} »',
  'not.attribute.true': 'n’ont *pas oui* pour « {noun} »',
  'clause.attribute.false': 'ont *non* pour « {noun} »',
  'not.attribute.false': 'n’ont *pas non* pour « {noun} »',

  'clause.favourite.true': 'ont été choisis comme *favoris*',
  'not.favourite.true': 'n’ont *pas* été choisis comme *favoris*',

  'clause.tag.any_of': 'ont le tag *{value}*',
  'not.tag.any_of': 'n’ont *pas* le tag *{value}*',
  'clause.tag.all_of': 'ont les tags *{value}*',
  'not.tag.all_of': 'n’ont *pas tous* les tags *{value}*',

  'clause.segment.in': 'sont dans le segment *« {value} »*',
  'not.segment.in': 'ne sont *pas* dans le segment *« {value} »*',
}
