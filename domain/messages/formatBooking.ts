import type { MergeData } from './mergeTags.ts'
import type { MailLanguage } from './words.ts'

const formats = new Map<string, Record<'date' | 'weekday' | 'time', Intl.DateTimeFormat>>()

/** Making a format costs more than using it a thousand times. */
function formatsFor(language: MailLanguage, timeZone: string) {
  const key = `${language} ${timeZone}`
  const known = formats.get(key)
  if (known !== undefined) return known
  // the 24-hour clock also in English: customers of a business read one timetable
  const locale = language === 'en' ? 'en-GB' : language
  const made = {
    date: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }),
    weekday: new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone }),
    time: new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone }),
  }
  formats.set(key, made)
  return made
}

/** A booking as its customer reads it: when it is where the business is, in the customer's language. */
export function formatBooking(
  booking: { starts_at: Date; service: string | null; minutes: number | null; provider: string | null },
  language: MailLanguage,
  timeZone: string,
): NonNullable<MergeData['nextBooking']> {
  const { date, weekday, time } = formatsFor(language, timeZone)
  return {
    date: date.format(booking.starts_at),
    weekday: weekday.format(booking.starts_at),
    time: time.format(booking.starts_at),
    service: booking.service,
    provider: booking.provider,
    minutes: booking.minutes === null ? null : String(booking.minutes),
  }
}
