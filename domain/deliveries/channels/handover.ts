import { Transform, type Writable } from 'node:stream'

/**
 * A mail as a connection takes it over: it asks for the message only after the server said “go on” to DATA. From then on
 * the final dot is on its way, and the server may have the message, whatever happens to its answer.
 */
export class Handover {
  /** Whether the connection has taken the message, with its end. */
  complete = false
  readonly #head: string
  readonly #body: Buffer

  /**
   * @param head and
   * @param body with CRLF at the ends of lines and nowhere else, and no line that begins with a dot
   */
  constructor(head: string, body: Buffer) {
    this.#head = head
    this.#body = body
  }

  /** What nodemailer asks of a message that was not sent, to know whether it was begun. */
  get readableDidRead(): boolean {
    return this.complete
  }

  /** Called by the connection as of a stream. */
  pipe(data: Writable): void {
    this.complete = true
    if (data instanceof Transform && 'lastByte' in data) {
      // what goes through this stream is looked at byte by byte for dots to be doubled and line ends to be mended: there
      // are none, so it is put behind that, and the stream is told how it ended
      data.push(this.#head)
      data.push(this.#body)
      data.lastByte = LINE_FEED
    } else {
      data.write(this.#head)
      data.write(this.#body)
    }
    data.end()
  }
}

const LINE_FEED = 0x0a
