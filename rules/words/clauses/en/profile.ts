import type { Messages } from '../../messages.ts'

/** English: what is said of the person. */
export const profile: Messages = {
  'noun.joined': 'joining day',
  'noun.birthday': 'birthday',

  'clause.gender.one_of': 'are *{value}*',
  'not.gender.one_of': 'are *not {value}*',

  'clause.language.one_of': 'speak *{value}*',
  'not.language.one_of': 'do *not* speak *{value}*',

  'clause.country.one_of': 'live in *{value}*',
  'not.country.one_of': 'do *not* live in *{value}*',

  'clause.customer_group.one_of': 'belong to the group *{value}*',
  'not.customer_group.one_of': 'do *not* belong to the group *{value}*',

  'clause.aggregator.one_of': 'came through *{value}*',
  'not.aggregator.one_of': 'did *not* come through *{value}*',

  'clause.age.compare': 'are *{compare}* years old',
  'not.age.compare': 'are *not {compare}* years old',

  'clause.joined.within_last': 'joined *within the last {value}*',
  'not.joined.within_last': 'did *not* join *within the last {value}*',
  'clause.joined.more_than_ago': 'joined *more than {value} ago*',
  'not.joined.more_than_ago': 'did *not* join *more than {value} ago*',
  'clause.joined.before': 'joined *before {value}*',
  'not.joined.before': 'did *not* join *before {value}*',
  'clause.joined.after': 'joined *after {value}*',
  'not.joined.after': 'did *not* join *after {value}*',
  'clause.joined.on': 'joined *on {value}*',
  'not.joined.on': 'did *not* join *on {value}*',
  'clause.joined.set': 'have *a known* joining day',
  'not.joined.set': 'have *no known* joining day',

  'clause.attribute.set': 'have *a value* for “{noun}”',
  'not.attribute.set': 'have *no value* for “{noun}”',
  'clause.attribute.one_of': 'have *{value}* for “{noun}”',
  'not.attribute.one_of': 'do *not* have *{value}* for “{noun}”',
  'clause.attribute.true': 'have *yes* for “{noun}”',
  'not.attribute.true': 'do *not* have *yes* for “{noun}”',
  'clause.attribute.false': 'have *no* for “{noun}”',
  'not.attribute.false': 'do *not* have *no* for “{noun}”',
  'clause.attribute.compare': 'have *{compare}* for “{noun}”',
  'not.attribute.compare': 'do *not* have *{compare}* for “{noun}”',
  'clause.attribute.contains': 'have a value for “{noun}” that *contains {value}*',
  'not.attribute.contains': 'have *no* value for “{noun}” that *contains {value}*',
  'clause.attribute.starts_with': 'have a value for “{noun}” that *begins with {value}*',
  'not.attribute.starts_with': 'have *no* value for “{noun}” that *begins with {value}*',
  'clause.attribute.within_last': 'have a date for “{noun}” *within the last {value}*',
  'not.attribute.within_last': 'have *no* date for “{noun}” *within the last {value}*',
  'clause.attribute.within_next': 'have a date for “{noun}” *within the next {value}*',
  'not.attribute.within_next': 'have *no* date for “{noun}” *within the next {value}*',
  'clause.attribute.more_than_ago': 'have a date for “{noun}” *more than {value} ago*',
  'not.attribute.more_than_ago': 'have *no* date for “{noun}” *more than {value} ago*',
  'clause.attribute.more_than_ahead': 'have a date for “{noun}” *more than {value} ahead*',
  'not.attribute.more_than_ahead': 'have *no* date for “{noun}” *more than {value} ahead*',
  'clause.attribute.before': 'have a date for “{noun}” *before {value}*',
  'not.attribute.before': 'have *no* date for “{noun}” *before {value}*',
  'clause.attribute.after': 'have a date for “{noun}” *after {value}*',
  'not.attribute.after': 'have *no* date for “{noun}” *after {value}*',
  'clause.attribute.on': 'have *{value}* for “{noun}”',
  'not.attribute.on': 'do *not* have *{value}* for “{noun}”',

  'clause.favourite.true': 'were picked as *favourites*',
  'not.favourite.true': 'were *not* picked as *favourites*',

  'clause.tag.any_of': 'are tagged *{value}*',
  'not.tag.any_of': 'are *not* tagged *{value}*',
  'clause.tag.all_of': 'are tagged *{value}*',
  'not.tag.all_of': 'are *not* tagged with all of *{value}*',

  'clause.segment.in': 'are in the segment *“{value}”*',
  'not.segment.in': 'are *not* in the segment *“{value}”*',
}
