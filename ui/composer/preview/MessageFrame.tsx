import { useElementSize } from '@mantine/hooks'
import { useText } from '../../shared/useText.tsx'
import classes from './MessageFrame.module.css'
import { sealHtml } from './sealHtml.ts'

/** How high the picture is on the page, in pixels; a longer mail scrolls inside. */
const HEIGHT = 520

/** A mail at the width of a window in a mail program, made smaller as a whole where there is less room. */
export function MessageFrame({ html, width, stale }: { html: string; width: number; stale: boolean }) {
  const text = useText()
  const { ref, width: room } = useElementSize()
  const scale = room > 0 ? Math.min(1, room / width) : 1
  return (
    <div ref={ref} className={classes.room} style={{ height: HEIGHT }} data-stale={stale || undefined}>
      <iframe
        title={text('composer.preview.frame')}
        sandbox=""
        srcDoc={sealHtml(html)}
        className={classes.frame}
        style={{ width, height: HEIGHT / scale, transform: `scale(${scale})`, left: Math.max(0, (room - width) / 2) }}
      />
    </div>
  )
}
