import { useText } from '../../shared/useText.tsx'

const SHOWN = 20

/** Entries of a pasted list that were not taken, each with its line. */
export function UnreadLines({ lines, count }: { lines: readonly { line: number; text: string }[]; count: number }) {
  const text = useText()
  const shown = lines.slice(0, SHOWN)
  return (
    <ul style={{ margin: 0, paddingInlineStart: '1.2em', overflowWrap: 'anywhere' }}>
      {shown.map(({ line, text: entry }) => (
        <li key={`${line} ${entry}`}>{text('list.line', { line, entry: entry.slice(0, 120) })}</li>
      ))}
      {count > shown.length && <li>{text('composer.audience.more', { count: count - shown.length })}</li>}
    </ul>
  )
}
