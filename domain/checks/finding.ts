type Kind =
  | 'subject_capitals'
  | 'subject_exclamations'
  | 'subject_pretends'
  | 'subject_money'
  | 'text_capitals'
  | 'text_exclamations'
  | 'only_pictures'
  | 'little_text'
  | 'no_plain_text'
  | 'clipped'
  | 'many_links'
  | 'link_empty'
  | 'link_broken'
  | 'link_scheme'
  | 'link_private'
  | 'link_number'
  | 'link_insecure'
  | 'link_short'
  | 'link_example'
  | 'link_redirect'
  | 'link_letters'
  | 'link_shows_other'
  | 'link_without_words'
  | 'link_repeated'

/** What a careful colleague would point out about a message. None of it stops a mail. */
export type Finding = {
  kind: Kind
  /** The address that is meant. */
  href?: string
  /** The words that are meant. */
  text?: string
  count?: number
}
