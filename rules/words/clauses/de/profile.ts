import type { Messages } from '../../messages.ts'

/** German: what is said of the person. */
export const profile: Messages = {
  'noun.gender': 'Geschlecht',
  'noun.language': 'Sprache',
  'noun.country': 'Land',
  'noun.customer_group': 'Kundengruppe',
  'noun.aggregator': 'Plattform',
  'noun.status': 'Status',
  'noun.joined': 'ihren Beitritt',
  'noun.birthday': 'ihren Geburtstag',

  'clause.gender.one_of': '*{value}* sind',
  'not.gender.one_of': '*nicht {value}* sind',

  'clause.language.one_of': '*{value}* sprechen',
  'not.language.one_of': '*nicht {value}* sprechen',

  'clause.country.one_of': 'als Land *{value}* haben',
  'not.country.one_of': 'als Land *nicht {value}* haben',

  'clause.customer_group.one_of': 'zur Gruppe *{value}* gehören',
  'not.customer_group.one_of': '*nicht* zur Gruppe *{value}* gehören',

  'clause.aggregator.one_of': 'über *{value}* kamen',
  'not.aggregator.one_of': '*nicht* über *{value}* kamen',

  'clause.status.one_of': 'den Status *{value}* haben',
  'not.status.one_of': '*nicht* den Status *{value}* haben',

  'clause.age.compare': '*{compare}* Jahre alt sind',
  'not.age.compare': '*nicht {compare}* Jahre alt sind',

  'clause.joined.within_last': '*in den letzten {value}* beigetreten sind',
  'not.joined.within_last': '*nicht in den letzten {value}* beigetreten sind',
  'clause.joined.more_than_ago': '*vor mehr als {value}* beigetreten sind',
  'not.joined.more_than_ago': '*nicht vor mehr als {value}* beigetreten sind',
  'clause.joined.before': '*vor dem {value}* beigetreten sind',
  'not.joined.before': '*nicht vor dem {value}* beigetreten sind',
  'clause.joined.after': '*nach dem {value}* beigetreten sind',
  'not.joined.after': '*nicht nach dem {value}* beigetreten sind',
  'clause.joined.on': '*am {value}* beigetreten sind',
  'not.joined.on': '*nicht am {value}* beigetreten sind',
  'clause.joined.set': '*einen bekannten Beitrittstag* haben',
  'not.joined.set': '*keinen bekannten Beitrittstag* haben',

  'clause.attribute.set': '*eine Angabe* zu „{noun}“ haben',
  'not.attribute.set': '*keine Angabe* zu „{noun}“ haben',
  'clause.attribute.one_of': 'bei „{noun}“ *{value}* haben',
  'not.attribute.one_of': 'bei „{noun}“ *nicht {value}* haben',
  'clause.attribute.compare': 'bei „{noun}“ *{compare}* haben',
  'not.attribute.compare': 'bei „{noun}“ *nicht {compare}* haben',
  'clause.attribute.contains': 'bei „{noun}“ *etwas mit {value}* haben',
  'not.attribute.contains': 'bei „{noun}“ *nichts mit {value}* haben',
  'clause.attribute.starts_with': 'bei „{noun}“ *etwas mit {value} am Anfang* haben',
  'not.attribute.starts_with': 'bei „{noun}“ *nichts mit {value} am Anfang* haben',
  'clause.attribute.within_last': 'bei „{noun}“ ein Datum *in den letzten {value}* haben',
  'not.attribute.within_last': 'bei „{noun}“ *kein* Datum *in den letzten {value}* haben',
  'clause.attribute.within_next': 'bei „{noun}“ ein Datum *in den nächsten {value}* haben',
  'not.attribute.within_next': 'bei „{noun}“ *kein* Datum *in den nächsten {value}* haben',
  'clause.attribute.more_than_ago': 'bei „{noun}“ ein Datum *vor mehr als {value}* haben',
  'not.attribute.more_than_ago': 'bei „{noun}“ *kein* Datum *vor mehr als {value}* haben',
  'clause.attribute.more_than_ahead': 'bei „{noun}“ ein Datum *in mehr als {value}* haben',
  'not.attribute.more_than_ahead': 'bei „{noun}“ *kein* Datum *in mehr als {value}* haben',
  'clause.attribute.before': 'bei „{noun}“ ein Datum *vor dem {value}* haben',
  'not.attribute.before': 'bei „{noun}“ *kein* Datum *vor dem {value}* haben',
  'clause.attribute.after': 'bei „{noun}“ ein Datum *nach dem {value}* haben',
  'not.attribute.after': 'bei „{noun}“ *kein* Datum *nach dem {value}* haben',
  'clause.attribute.on': 'bei „{noun}“ *den {value}* haben',
  'not.attribute.on': 'bei „{noun}“ *nicht den {value}* haben',
  'clause.attribute.true': 'bei „{noun}“ *ja* haben',
  'not.attribute.true': 'bei „{noun}“ *nicht ja* haben',
  'clause.attribute.false': 'bei „{noun}“ *nein* haben',
  'not.attribute.false': 'bei „{noun}“ *nicht nein* haben',

  'clause.favourite.true': 'als *Favoriten* ausgewählt wurden',
  'not.favourite.true': '*nicht* als *Favoriten* ausgewählt wurden',

  'clause.tag.any_of': 'den Tag *{value}* haben',
  'not.tag.any_of': '*nicht* den Tag *{value}* haben',
  'clause.tag.all_of': 'die Tags *{value}* haben',
  'not.tag.all_of': '*nicht alle* Tags *{value}* haben',

  'clause.segment.in': 'im Segment *„{value}“* sind',
  'not.segment.in': '*nicht* im Segment *„{value}“* sind',
}
