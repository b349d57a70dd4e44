import type { Messages } from '../../messages.ts'

/** Italian: what is said of the person. */
export const profile: Messages = {
  'noun.gender': 'il genere',
  'noun.language': 'la lingua',
  'noun.country': 'il paese',
  'noun.customer_group': 'il gruppo di clienti',
  'noun.aggregator': 'la piattaforma',
  'noun.status': 'lo status',
  'noun.joined': 'l’iscrizione',
  'noun.birthday': 'il compleanno',

  'clause.gender.one_of': 'sono di genere *{value}*',
  'not.gender.one_of': '*non* sono di genere *{value}*',

  'clause.language.one_of': 'parlano *{value}*',
  'not.language.one_of': '*non* parlano *{value}*',

  'clause.country.one_of': 'hanno come paese *{value}*',
  'not.country.one_of': '*non* hanno come paese *{value}*',

  'clause.customer_group.one_of': 'appartengono al gruppo *{value}*',
  'not.customer_group.one_of': '*non* appartengono al gruppo *{value}*',

  'clause.aggregator.one_of': 'sono arrivati tramite *{value}*',
  'not.aggregator.one_of': '*non* sono arrivati tramite *{value}*',

  'clause.status.one_of': 'hanno lo status *{value}*',
  'not.status.one_of': '*non* hanno lo status *{value}*',

  'clause.age.compare': 'hanno *{compare}* anni',
  'not.age.compare': '*non* hanno *{compare}* anni',

  'clause.joined.within_last': 'si sono iscritti *meno di {value} fa*',
  'not.joined.within_last': '*non* si sono iscritti *meno di {value} fa*',
  'clause.joined.more_than_ago': 'si sono iscritti *più di {value} fa*',
  'not.joined.more_than_ago': '*non* si sono iscritti *più di {value} fa*',
  'clause.joined.before': 'si sono iscritti *prima del {value}*',
  'not.joined.before': '*non* si sono iscritti *prima del {value}*',
  'clause.joined.after': 'si sono iscritti *dopo il {value}*',
  'not.joined.after': '*non* si sono iscritti *dopo il {value}*',
  'clause.joined.on': 'si sono iscritti *il {value}*',
  'not.joined.on': '*non* si sono iscritti *il {value}*',
  'clause.joined.set': 'hanno *una data di iscrizione nota*',
  'not.joined.set': '*non* hanno *una data di iscrizione nota*',

  'clause.attribute.set': 'hanno *un valore* per «{noun}»',
  'not.attribute.set': '*non* hanno *alcun valore* per «{noun}»',
  'clause.attribute.one_of': 'hanno *{value}* per «{noun}»',
  'not.attribute.one_of': '*non* hanno *{value}* per «{noun}»',
  'clause.attribute.compare': 'hanno *{compare}* per «{noun}»',
  'not.attribute.compare': '*non* hanno *{compare}* per «{noun}»',
  'clause.attribute.contains': 'hanno per «{noun}» un valore che *contiene {value}*',
  'not.attribute.contains': '*non* hanno per «{noun}» un valore che *contiene {value}*',
  'clause.attribute.starts_with': 'hanno per «{noun}» un valore che *inizia con {value}*',
  'not.attribute.starts_with': '*non* hanno per «{noun}» un valore che *inizia con {value}*',
  'clause.attribute.within_last': 'hanno per «{noun}» una data *meno di {value} fa*',
  'not.attribute.within_last': '*non* hanno per «{noun}» una data *meno di {value} fa*',
  'clause.attribute.within_next': 'hanno per «{noun}» una data *entro {value}*',
  'not.attribute.within_next': '*non* hanno per «{noun}» una data *entro {value}*',
  'clause.attribute.more_than_ago': 'hanno per «{noun}» una data *più di {value} fa*',
  'not.attribute.more_than_ago': '*non* hanno per «{noun}» una data *più di {value} fa*',
  'clause.attribute.more_than_ahead': 'hanno per «{noun}» una data *tra più di {value}*',
  'not.attribute.more_than_ahead': '*non* hanno per «{noun}» una data *tra più di {value}*',
  'clause.attribute.before': 'hanno per «{noun}» una data *prima del {value}*',
  'not.attribute.before': '*non* hanno per «{noun}» una data *prima del {value}*',
  'clause.attribute.after': 'hanno per «{noun}» una data *dopo il {value}*',
  'not.attribute.after': '*non* hanno per «{noun}» una data *dopo il {value}*',
  'clause.attribute.on': 'hanno per «{noun}» *il {value}*',
  'not.attribute.on': '*non* hanno per «{noun}» *il {value}*',
  'clause.attribute.true': 'hanno *sì* per «{noun}»',
  'not.attribute.true': '*non* hanno *sì* per «{noun}»',
  'clause.attribute.false': 'hanno *no* per «{noun}»',
  'not.attribute.false': '*non* hanno *no* per «{noun}»',

  'clause.favourite.true': 'sono stati scelti come *preferiti*',
  'not.favourite.true': '*non* sono stati scelti come *preferiti*',

  'clause.tag.any_of': 'hanno il tag *{value}*',
  'not.tag.any_of': '*non* hanno il tag *{value}*',
  'clause.tag.all_of': 'hanno i tag *{value}*',
  'not.tag.all_of': '*non* hanno *tutti* i tag *{value}*',

  'clause.segment.in': 'sono nel segmento *«{value}»*',
  'not.segment.in': '*non* sono nel segmento *«{value}»*',
}
