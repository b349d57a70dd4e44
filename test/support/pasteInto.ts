import type { Locator } from 'playwright-core'

/** Pastes HTML into an editor, as the browser does when somebody presses Ctrl-V after copying from another program. */
export async function pasteInto(editor: Locator, html: string): Promise<void> {
  await editor.click()
  await editor.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/html', pasted)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, html)
}
