import { Button, Text } from '@mantine/core'
import { useIntl } from 'react-intl'
import { useText } from '../../shared/useText.tsx'
import classes from './SmsCounter.module.css'
import { smsParts } from './smsParts.ts'

type Props = {
  /** The message as it is sent to one customer, with the line under it; undefined while it is not known. */
  sent: string | undefined
  /** Whether it is longer or shorter for others. */
  varies: boolean
  /** How many customers get it; undefined while they are counted. */
  count: number | undefined
  /** How it was counted, where that is not as the composer counts. */
  note?: string
  /** Writes it with the letters that cost less; undefined where that changes nothing. */
  onPlainer: (() => void) | undefined
}

/** As many of the characters that cost more are named. */
const NAMED = 12

/** In how many parts an SMS goes, what the letters outside its alphabet cost, and how many parts that is for all. */
export function SmsCounter({ sent, varies, count, note, onPlainer }: Props) {
  const text = useText()
  const intl = useIntl()
  if (sent === undefined) return <span data-testid="sms-parts">{text('short.parts.unknown')}</span>
  const { alphabet, parts, free, odd, partsWithoutOdd } = smsParts(sent)
  const letters = intl.formatList(odd.slice(0, NAMED).map((one) => text('short.letter', { letter: shown(one) })))
  return (
    <div className={classes.counter}>
      <span className="numbers" data-testid="sms-parts">
        {text('short.parts', { parts, free })}{' '}
        {count !== undefined && text(varies ? 'short.parts.allAbout' : 'short.parts.all', { total: parts * count })}
      </span>
      {alphabet === 'large' && (
        <Text component="div" fz="xs" c="var(--attention)" role="status" data-testid="sms-odd">
          {text('short.odd', { letters, count: odd.length, more: Math.max(0, odd.length - NAMED) })}{' '}
          {partsWithoutOdd < parts && text('short.odd.without', { parts: partsWithoutOdd })}{' '}
          {onPlainer && (
            <Button size="compact-xs" variant="light" color="orange" onClick={onPlainer}>
              {text('short.odd.plainer')}
            </Button>
          )}
        </Text>
      )}
      <span>{note ?? text(varies ? 'short.counted.varies' : 'short.counted')}</span>
    </div>
  )
}

/** What cannot be seen is named by its number. */
const shown = (letter: string): string =>
  /[\p{Z}\p{C}]/u.test(letter) ? `U+${letter.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}` : letter
