/**
 * By what a machine is told from a person who opens a mail or follows a link. The first rule that holds counts.
 *
 * Not in the list, since they fetch a picture when a person looks at it: the image proxies of Gmail and Yahoo.
 */
export type MachineRule = {
  /** Stands on the event, at most 32 characters. */
  id: string
  of: 'open' | 'click' | 'any'
  method?: 'HEAD'
  /** A regular expression for the user agent, whatever its capitals. */
  agent?: string
  networks?: readonly string[]
  /** Before the mail server has said that it takes the mail: no reader can have it yet. */
  beforeAnswer?: true
  /** So many different links of one mail within so many seconds; what was taken for a person's is put right. */
  burst?: { links: number; seconds: number }
  /** Whether the mail is in its mailbox when this machine looks at it. */
  arrived: boolean
}

export const MACHINE_RULES: readonly MachineRule[] = [
  // programs ask for the head of what a link leads to; browsers show a page
  { id: 'head', of: 'any', method: 'HEAD', arrived: false },
  { id: 'before_answer', of: 'any', beforeAnswer: true, arrived: false },
  // Apple Mail with privacy protection loads every picture of every mail through proxies that call themselves so
  { id: 'apple_proxy', of: 'open', agent: '^Mozilla/5\\.0$', arrived: true },
  {
    id: 'apple_network',
    of: 'open',
    networks: ['17.0.0.0/8', '2620:149::/32', '2a01:b740::/32', '2403:300::/32'],
    arrived: true,
  },
  { id: 'no_agent', of: 'any', agent: '^$', arrived: false },
  {
    id: 'scanner',
    of: 'any',
    agent:
      'barracuda|mimecast|proofpoint|messagelabs|symantec|trend ?micro|sophos|forcepoint|fireeye|trellix|ironport|bitdefender|kaspersky|zscaler|forti(mail|net|guard)|safelinks|google-safety|virustotal|urlscan|netcraft|phishtank|cloudmark|vade ?secure|hornetsecurity',
    arrived: false,
  },
  {
    id: 'preview',
    of: 'any',
    agent:
      'facebookexternalhit|whatsapp/|telegrambot|twitterbot|linkedinbot|slackbot|slack-imgproxy|discordbot|skypeuripreview|viber|bitlybot|embedly|iframely',
    arrived: true,
  },
  { id: 'bot', of: 'any', agent: 'bot\\b|bot/|crawler|spider|slurp', arrived: false },
  {
    id: 'program',
    of: 'any',
    agent:
      '^(curl|wget|python|go-http-client|java|okhttp|libwww|php|ruby|perl|axios|guzzle|apache-httpclient|aiohttp|httpx|powershell|winhttp|postman)',
    arrived: false,
  },
  { id: 'headless', of: 'any', agent: 'headless|phantomjs|puppeteer|playwright|selenium', arrived: false },
  { id: 'every_link', of: 'any', burst: { links: 3, seconds: 10 }, arrived: false },
  { id: 'both_links', of: 'any', burst: { links: 2, seconds: 1 }, arrived: false },
]
