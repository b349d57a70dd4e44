import { guardMail } from './guardMail.ts'
import classes from './Inbox.module.css'

/**
 * A mail's HTML in a frame of its own: without scripts, forms and this page's origin; links open a new window. Pictures
 * load, the one that tells of the opening too, as in a real mail program.
 */
export function MailFrame({ html, title }: { html: string; title: string }) {
  return (
    <iframe
      className={classes.frame}
      title={title}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      srcDoc={guardMail(html, window.location.origin)}
    />
  )
}
