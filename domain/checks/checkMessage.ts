import { checkLinks } from './checkLinks.ts'
import type { Finding } from './finding.ts'
import { readHtml, type Seen } from './readHtml.ts'

/** Gmail shows so many bytes of a mail and hides the rest, the way to unsubscribe with it. */
const CLIPPED_AT = 102 * 1_024
/** Fewer characters beside a picture are no text. */
const LITTLE = 60

/** What is looked at: a message as it was compiled. */
type Compiled = { subject: string; html: string; text: string; links: readonly string[] }

/** Goes through a compiled message for what makes filters and readers suspicious. None of it stops a mail. */
export function checkMessage({ subject, html, text, links }: Compiled): Finding[] {
  const seen = readHtml(html, links)
  const bytes = Buffer.byteLength(html)
  return [
    ...checkSubject(subject),
    ...checkText(withoutTags(seen.text)),
    ...checkPictures(seen),
    ...(text.trim() === '' ? [{ kind: 'no_plain_text' } as const] : []),
    ...(bytes > CLIPPED_AT ? [{ kind: 'clipped', count: Math.ceil(bytes / 1_024) } as const] : []),
    ...checkLinks(seen.links),
  ]
}

function checkSubject(subject: string): Finding[] {
  const words = withoutTags(subject)
  const findings: Finding[] = []
  if (shouts(words, 5)) findings.push({ kind: 'subject_capitals' })
  const marks = (words.match(/[!¡！]/g) ?? []).length
  if (marks > 1) findings.push({ kind: 'subject_exclamations', count: marks })
  if (/^\s*(re|aw|fwd?|wg|tr|rif|r)\s*:/i.test(words)) findings.push({ kind: 'subject_pretends' })
  if (/[€$£]{2,}|100\s?%/.test(words)) findings.push({ kind: 'subject_money' })
  return findings
}

function checkText(text: string): Finding[] {
  const findings: Finding[] = []
  if (shouts(text, 40)) findings.push({ kind: 'text_capitals' })
  if (/[!¡！]{3,}/.test(text)) findings.push({ kind: 'text_exclamations' })
  return findings
}

function checkPictures({ text, images }: Seen): Finding[] {
  if (images === 0) return []
  // the footer that every message gets says nothing about it
  const own = withoutTags(text)
  if (own === '') return [{ kind: 'only_pictures' }]
  return own.length < LITTLE ? [{ kind: 'little_text' }] : []
}

/** Whether most of its letters are capitals, where there are enough of them to say so. */
function shouts(text: string, least: number): boolean {
  const capitals = (text.match(/\p{Lu}/gu) ?? []).length
  const small = (text.match(/\p{Ll}/gu) ?? []).length
  return capitals >= least && capitals > small
}

const withoutTags = (text: string) =>
  text
    .replace(/\{\{.*?\}\}|\{%.*?%\}/gs, ' ')
    .replace(/\s+/g, ' ')
    .trim()
