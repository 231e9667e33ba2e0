// A form marked data-dialog shows the page that answers it as a dialog; without that part, it is a page.
import { announce, on, post, readPage, renewKeys, swapList } from './dom.js'
import { release } from './guard.js'

/**
 * Asks for a page as the form would, and answers its document, or nothing if it is not a page to take parts from. Without
 * `follows` an answer that leads elsewhere stays unread, so that its banner is still there for the page it leads to.
 */
export async function fetchPage(form, submitter, follows = true) {
  const data = new URLSearchParams([...new FormData(form, submitter)].filter(([, value]) => typeof value === 'string'))
  const action = submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? location.href
  const isGet = form.method === 'get'
  const url = new URL(action, location.href)
  if (isGet) url.search = data
  const redirect = follows ? 'follow' : 'manual'
  const answer = await (isGet ? fetch(url) : post(url, data, { redirect }))
  if (answer.type === 'opaqueredirect') return { isDone: true }
  if ((!answer.ok && answer.status !== 409 && answer.status !== 422) || !answer.headers.get('content-type')?.startsWith('text/html')) return
  return { url: answer.url, page: new DOMParser().parseFromString(await answer.text(), 'text/html') }
}

/** Sends the form the browser's own way, past our listeners. */
export function sendNatively(form, submitter) {
  const hidden = submitter?.name && Object.assign(document.createElement('input'), { type: 'hidden', name: submitter.name, value: submitter.value })
  if (hidden) form.append(hidden)
  const action = submitter?.getAttribute('formaction')
  if (action) form.action = action
  // Another menu may have taken the place of the one that it is in.
  if (!form.isConnected) document.body.append(form)
  release(form)
  form.submit()
}

let looking

/** Shows a part as a dialog; what comes from within a dialog takes its place there. */
export function openDialog(part, shown) {
  const dialog = shown ?? document.createElement('dialog')
  dialog.className = 'dialog'
  dialog.replaceChildren(document.adoptNode(part))
  const heading = part.querySelector('h1, h2')
  if (heading) {
    heading.id ||= 'dialog-title'
    heading.tabIndex = -1
    dialog.setAttribute('aria-labelledby', heading.id)
  }
  const chosen = looking && part.querySelector(`#${looking}`)
  looking = null
  if (shown) return (chosen ?? heading)?.focus()
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}

on('submit', 'form', async (form, event) => {
  const { submitter } = event
  if (!form.hasAttribute('data-dialog') && !submitter?.hasAttribute('data-dialog')) return
  event.preventDefault()
  if (form.ariaBusy) return
  form.ariaBusy = 'true'
  const found = await fetchPage(form, submitter, false).catch(() => {})
  form.ariaBusy = null
  // Done without a question: the page says so.
  if (found?.isDone) return (document.getElementById('list') && swapList(await readPage(location.href))) || location.reload()
  const part = found?.page.querySelector('[data-dialog-body]')
  if (!part) return sendNatively(form, submitter)
  renewKeys(found.page)
  openDialog(part, form.closest('dialog'))
})

// Where a choice decides what would happen, a dialog tells it at once; the keyboard stays with the choice.
on('change', 'dialog form[data-look] .field select', (choice) => {
  looking = choice.id
  choice.form.requestSubmit(choice.form.querySelector('button[data-dialog]'))
})

on('click', 'a[data-dialog]', async (link, event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return
  event.preventDefault()
  const form = Object.assign(document.createElement('form'), { method: 'get', action: link.href })
  for (const [name, value] of new URL(link.href).searchParams) form.append(Object.assign(document.createElement('input'), { name, value }))
  const part = (await fetchPage(form).catch(() => {}))?.page.querySelector('[data-dialog-body]')
  if (part) openDialog(part)
  else location.href = link.href
})

// Cancel closes a dialog; on the page of its own it is a link back. A click beside the box closes too.
on('click', 'dialog [data-cancel]', (button, event) => {
  event.preventDefault()
  button.closest('dialog').close()
})
document.addEventListener('click', (event) => {
  const { target } = event
  if (!(target instanceof HTMLDialogElement)) return
  const box = target.getBoundingClientRect()
  const isInside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom
  if (!isInside) target.close()
})
on('click', '[data-open]', (button) => document.getElementById(button.dataset.open)?.showModal())

// Banners stay until dismissed.
on('click', '[data-dismiss]', (button) => {
  button.closest('.banner').remove()
  document.getElementById('main')?.focus({ preventScroll: true })
})

// Copying.
on('click', '[data-copy]', async (button) => {
  const source = document.getElementById(button.dataset.copy)
  const text = source.value ?? source.textContent
  await navigator.clipboard.writeText(text).catch(() => {
    source.select?.()
    document.execCommand('copy')
  })
  announce(button.dataset.copied)
  const label = button.querySelector('[data-copy-label]') ?? button
  const before = label.textContent
  label.textContent = button.dataset.copied
  setTimeout(() => (label.textContent = before), 2000)
})
