/** A word of a cell or a title without what is only its writing: no accents, capitals, spaces or signs. */
export const plainWord = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

const table = <Value>(lists: readonly (readonly [Value, string])[]): ReadonlyMap<string, Value> =>
  new Map(lists.flatMap(([value, words]) => words.split(' ').map((word) => [word, value] as const)))

const GENDERS = table<'female' | 'male' | 'diverse'>([
  [
    'female',
    'female f w woman weiblich frau mrs ms miss femme feminin feminine fem mme mlle madame mademoiselle donna femmina femminile signora sigra',
  ],
  [
    'male',
    'male m man mannlich herr hr mr mister homme masculin mas monsieur uomo maschio maschile signor signore sig',
  ],
  ['diverse', 'diverse divers d x nonbinary nichtbinar nonbinaire nonbinario other andere anderes autre altro nb'],
])
export const readGender = (text: string) => GENDERS.get(plainWord(text)) ?? null

const YES =
  'yes y true t 1 x ja j wahr oui o vrai si s vero on subscribed abonniert abonne iscritto optin granted given aktiv active attivo actif accepted'
const NO =
  'no n false 0 nein falsch non faux falso off unsubscribed cleaned abgemeldet desabonne disiscritto optout denied withdrawn inaktiv inactive inattivo inactif declined'
const ANSWERS = table<boolean>([
  [true, YES],
  [false, NO],
])
export const readYesNo = (text: string): boolean | null =>
  /^[✓✔☑]$/.test(text.trim()) ? true : /^[✗✘☐]$/.test(text.trim()) ? false : (ANSWERS.get(plainWord(text)) ?? null)

const STATES = table<'booked' | 'attended' | 'no_show' | 'cancelled'>([
  [
    'booked',
    'booked confirmed reserved scheduled upcoming pending gebucht bestatigt reserviert geplant offen reserve confirme prevu prenotato confermato prenotata confermata',
  ],
  [
    'attended',
    'attended completed checkedin signedin present arrived done visited besucht teilgenommen anwesend erschienen erledigt abgeschlossen eingecheckt venu present presente effectue termine honore partecipato completato effettuato venuto venuta eseguito',
  ],
  [
    'no_show',
    'noshow absent missed nichterschienen abwesend unentschuldigt nonpresente absente nonvenu assente nonpresentato mancato',
  ],
  [
    'cancelled',
    'cancelled canceled latecancel latecancelled earlycancel deleted abgesagt storniert annulliert spatabgesagt annule annulee annullato annullata cancellato disdetto',
  ],
])
export const readBookingState = (text: string) => STATES.get(plainWord(text)) ?? null

const LANGUAGE_TAGS =
  'en de fr it es pt nl pl cs sk hu ro bg hr sl sr sq tr el ru uk ar he fa hi ta th vi zh ja ko sv da nb no fi et lv lt is rm lb ca'.split(
    ' ',
  )
const REGIONS =
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'.split(
    ' ',
  )

/** Every name in four languages, and its own, of the tags. */
function namesOf(tags: readonly string[], type: 'language' | 'region'): Map<string, string> {
  const found = new Map<string, string>()
  for (const locale of ['en', 'de', 'fr', 'it']) {
    const names = new Intl.DisplayNames([locale], { type, fallback: 'none' })
    for (const tag of tags) {
      const name = names.of(tag)
      if (name !== undefined && !found.has(plainWord(name))) found.set(plainWord(name), tag)
    }
  }
  return found
}

const MORE_COUNTRIES: readonly [string, string][] = [
  ['deutschland', 'DE'],
  ['brd', 'DE'],
  ['ger', 'DE'],
  ['deu', 'DE'],
  ['d', 'DE'],
  ['usa', 'US'],
  ['unitedstatesofamerica', 'US'],
  ['uk', 'GB'],
  ['england', 'GB'],
  ['scotland', 'GB'],
  ['greatbritain', 'GB'],
  ['holland', 'NL'],
  ['che', 'CH'],
  ['sui', 'CH'],
  ['suisse', 'CH'],
  ['a', 'AT'],
  ['aut', 'AT'],
  ['fra', 'FR'],
  ['f', 'FR'],
  ['ita', 'IT'],
  ['i', 'IT'],
  ['gbr', 'GB'],
]

let languages: Map<string, string> | undefined
let countries: Map<string, string> | undefined

/** A language tag from a tag or a name in one of four languages. */
export function readLanguage(text: string): string | null {
  const plain = text.trim()
  if (
    /^[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*$/.test(plain) &&
    plain.length <= 10 &&
    LANGUAGE_TAGS.includes(plain.slice(0, 2).toLowerCase()) &&
    /^..([-_]|$)/.test(plain)
  )
    return plain
  languages ??= namesOf(LANGUAGE_TAGS, 'language')
  return languages.get(plainWord(text)) ?? null
}

/** A country as ISO 3166 has it, from its letters or a name in one of four languages. */
export function readCountry(text: string): string | null {
  const plain = text.trim().toUpperCase()
  if (/^[A-Z]{2}$/.test(plain) && REGIONS.includes(plain)) return plain
  countries ??= new Map([...namesOf(REGIONS, 'region'), ...MORE_COUNTRIES])
  return countries.get(plainWord(text)) ?? null
}
