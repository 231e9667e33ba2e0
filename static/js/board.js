// The board: cards are dragged between columns or moved by the menu; both post the menu's form, and the page that
// answers gives the numbers, the card and the banner. A move that is refused or lost goes back to where it was.

/** @param tools what the app shares, so that nothing is loaded twice. */
export function start({ announce, menuOf, on, openDialog, post, readPage, renewKeys, sendNatively }) {
  const byId = (id) => document.getElementById(id)
  const board = () => byId('board')
  const lists = () => [...document.querySelectorAll('[data-cards]')]
  const swapped = () => document.dispatchEvent(new Event('part:swapped'))

  /** Sends a card's form with the status to enter; answers the page that came, or nothing if none did. */
  async function send(form, status) {
    const body = new URLSearchParams(new FormData(form))
    body.set('status', status)
    const answer = await post(form.action, body)
    if (answer.status === 401) return sendNatively(form, Object.assign(document.createElement('button'), { name: 'status', value: status }))
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    renewKeys(page)
    return { isDone: answer.ok && Boolean(page.getElementById('board')), page }
  }

  function say(banners) {
    byId('banners').replaceChildren(...banners)
    announce(document.querySelector('#banners [data-banner-text]')?.textContent.trim())
  }

  /** Nothing was moved: why, in a banner; the board that came shows where everything is now. */
  function refuse(card, page) {
    const banners = page ? [...page.querySelectorAll('#banners > *')] : []
    const next = page?.getElementById('board')
    if (next) {
      const { scrollLeft } = board()
      const tops = new Map(lists().map((list) => [list.dataset.cards, list.scrollTop]))
      board().replaceWith(document.adoptNode(next))
      next.scrollLeft = scrollLeft
      for (const list of lists()) list.scrollTop = tops.get(list.dataset.cards) ?? 0
      swapped()
    }
    if (!banners.length) {
      const banner = byId('board-refused').content.firstElementChild.cloneNode(true)
      const message = page?.querySelector('.error-page p')?.textContent.trim()
      banner.querySelector('[data-banner-text]').textContent = message || board().dataset.failed
      banners.push(banner)
    }
    say(banners)
    focus(card.id)
  }

  function focus(id) {
    byId(id)?.querySelector('a')?.focus({ preventScroll: true })
  }

  /** The card as it is now takes the place of the old one; the heads tell the new numbers. */
  function settle(card, list, page) {
    for (const head of document.querySelectorAll('[id^=head-]')) {
      const next = page.getElementById(head.id)
      if (!next) continue
      for (const one of next.querySelectorAll('details')) one.open = head.querySelector(`.${one.classList[0]}`)?.open
      head.replaceWith(document.adoptNode(next))
    }
    const next = page.querySelector(`[data-cards="${list.dataset.cards}"] > #${card.id}`)
    const place = card.parentElement === list ? card.nextSibling : list.firstChild
    card.remove()
    if (next) list.insertBefore(document.adoptNode(next), place)
    document.title = page.title
    swapped()
    say(page.querySelectorAll('#banners > *'))
    if (next) focus(card.id)
    else byId(`head-${list.dataset.cards}`)?.querySelector('a')?.focus({ preventScroll: true })
  }

  async function move(card, status, back) {
    const form = menuOf(card.querySelector('a[data-menu]')).querySelector('form')
    const list = document.querySelector(`[data-cards="${status}"]`)
    card.ariaBusy = 'true'
    const found = await send(form, status).catch(() => ({}))
    card.ariaBusy = null
    if (!found) return
    if (found.isDone) return settle(card, list, found.page)
    back?.()
    const asked = found.page?.querySelector('[data-dialog-body]')
    if (asked) return openDialog(asked)
    refuse(card, found.page)
  }

  // In the capture phase: what is sent from here is none of the page's other listeners' business.
  on('submit', 'form[data-board-move]', (form, event) => {
    event.preventDefault()
    event.stopPropagation()
    const card = form.closest('[data-card]')
    form.closest('[popover]').hidePopover()
    if (!card.ariaBusy) move(card, event.submitter.value)
  }, true)

  // What a status means, beside the button that moves a lead into it.
  function explain(menu, status) {
    const shown = menu.querySelector('.board-meaning')
    if (shown.dataset.of === status) return
    shown.dataset.of = status
    shown.replaceChildren(...(byId(`about-${status}`)?.cloneNode(true).childNodes ?? []))
  }
  for (const type of ['focusin', 'pointerover']) {
    on(type, '.board-target', (button) => explain(button.closest('.menu'), button.value))
  }
  // A finger doesn't hover.
  on('click', '[data-about]', (button) => explain(button.closest('.menu'), button.dataset.about))

  // The next cards of a column come behind those that are there.
  on('click', 'a[data-more]', async (link, event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return
    event.preventDefault()
    if (link.ariaBusy) return
    link.ariaBusy = 'true'
    const page = await readPage(link.href)
    const { more } = link.dataset
    const list = document.querySelector(`[data-cards="${more}"]`)
    const next = page?.querySelector(`[data-cards="${more}"]`)
    if (!next) return (location.href = link.href)
    const cards = [...next.children].filter((card) => !byId(card.id))
    list.append(...cards)
    const further = page.getElementById(link.id)
    if (further) link.replaceWith(document.adoptNode(further))
    else link.remove()
    swapped()
    cards[0]?.querySelector('a')?.focus()
  })

  /** Shows over a column what a lead must be to enter it. */
  function show(column) {
    document.querySelector('.board-over')?.remove()
    const about = column && byId(`about-${column.querySelector('[data-cards]').dataset.cards}`)
    if (!about) return
    const over = Object.assign(document.createElement('div'), { className: 'board-over' })
    over.append(...about.cloneNode(true).childNodes)
    column.querySelector('.board-head').append(over)
  }

  const drop = (card, list, back) => {
    show()
    if (list) move(card, list.dataset.cards, back)
  }

  // Dragging is loaded with the board: what came only when a pointer does would be too late for the first drag.
  async function arm() {
    const here = board()
    if (!here || here.dataset.armed || !here.querySelector('[data-card]')) return
    here.dataset.armed = 'soon'
    const { dragBetween } = await import('./sortable.js')
    dragBetween(here, { show, drop })
    here.dataset.armed = 'yes'
  }
  on('pointerover', '[data-board]', arm)
  document.addEventListener('part:swapped', arm)
  document.addEventListener('htmx:afterSettle', arm)
  arm()
}
