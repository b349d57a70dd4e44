import { useEffect, useState } from 'react'
import classes from './SaidLine.module.css'
import type { Said } from './useTemplateEditing.ts'

/** How long a sentence stays to be seen, in milliseconds. */
const SHOWN = 4_000

/** What was just done, or why it was not: seen for a moment, and read out. */
export function SaidLine({ said }: { said: Said | null }) {
  const [gone, setGone] = useState(0)
  useEffect(() => {
    if (said === null) return
    const timer = setTimeout(() => setGone(said.time), SHOWN)
    return () => clearTimeout(timer)
  }, [said])
  const isShown = said !== null && said.time !== gone
  return (
    <div
      className={classes.said}
      role="status"
      data-refused={said?.refused || undefined}
      data-shown={isShown || undefined}
    >
      {isShown && said.text}
    </div>
  )
}
