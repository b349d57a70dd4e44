import type { MessageId } from './index.ts'

declare global {
  namespace FormatjsIntl {
    /** Makes react-intl accept the ids of our catalogue and no others. */
    interface Message {
      ids: MessageId
    }
  }
}
