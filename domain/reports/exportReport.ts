import { csvLine } from '../csv/csvLine.ts'
import type { ExportLanguage } from '../csv/exportLanguage.ts'
import { localTime } from '../csv/localTime.ts'
import { reasonInWords } from '../deliveries/reasonWords.ts'
import { REPORT_WORDS } from './exportWords.ts'
import type { Report } from './readReport.ts'

/**
 * A report as CSV: a line for each number, with the part it stands in and what it is of.
 *
 * @param timeZone of the business, for hours
 */
export function exportReport(report: Report, language: ExportLanguage, timeZone: string): string {
  const { columns, parts, names } = REPORT_WORDS[language]
  const lines = [csvLine(columns)]
  const say = (part: keyof typeof parts, of: string | null, what: keyof typeof names | null, number: number) =>
    lines.push(csvLine([parts[part], of, what === null ? null : names[what], number]))
  const sayAll = (
    part: keyof typeof parts,
    of: string | null,
    numbers: Partial<Record<keyof typeof names, number>>,
  ) => {
    for (const [what, number] of Object.entries(numbers)) say(part, of, what as keyof typeof names, number)
  }

  const { left_out: leftOut, cancelled, machines, ...funnel } = report.funnel
  sayAll('funnel', null, { ...funnel, machinesOpened: machines.opened, machinesClicked: machines.clicked })
  for (const { reason, count } of leftOut) say('left_out', reasonInWords(reason, language), null, count)
  for (const { reason, count } of cancelled) say('cancelled', reasonInWords(reason, language), null, count)
  const local = localTime(timeZone)
  for (const { at, ...counts } of report.over_time.hours) sayAll('hours', local(at), counts)
  for (const { day, ...counts } of report.over_time.days) sayAll('days', day, counts)
  for (const { url, ...counts } of report.links) sayAll('links', url, counts)
  for (const { class: kind, reason, count } of report.bounces) say('bounces', `${kind}: ${reason}`, null, count)
  for (const { domain, ...counts } of report.domains) sayAll('domains', domain, counts)
  for (const { variant, ...counts } of report.variants) sayAll('variants', variant.toUpperCase(), counts)
  const { bookings, attended, revenue, ahead, discounts } = report.revenue
  sayAll('revenue', null, { bookings, attended, revenue, ahead, discounts })
  if (report.holdout !== null) {
    const { recipients, held_out: heldOut, difference, low, high } = report.holdout
    sayAll('holdout', names.recipients, { recipients: recipients.of, did: recipients.did })
    sayAll('holdout', names.held_out, { held_out: heldOut.of, did: heldOut.did })
    sayAll('holdout', null, { difference, low, high })
  }
  return lines.join('')
}
