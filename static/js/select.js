// Ticking rows: a header box with three states, ranges with Shift, all that match, and the bar with the count.
import { counted, on } from './dom.js'

const rows = () => [...document.querySelectorAll('.check [name=ids]')]
let last

function refresh() {
  const bar = document.querySelector('[data-bulk]')
  if (!bar) return
  const boxes = rows()
  const all = bar.querySelector('[data-select-scope]')
  const head = document.querySelector('[data-select-all]')
  const ticked = boxes.filter((box) => box.checked).length
  // Where more match than anyone counts, the total is a bound that may be 0: what is ticked is there in any case.
  const count = all?.checked ? Math.max(Number(bar.dataset.total), ticked) : ticked
  if (head) {
    head.checked = ticked > 0 && ticked === boxes.length
    head.indeterminate = ticked > 0 && ticked < boxes.length
  }
  bar.dataset.count = count
  const label = bar.querySelector('[data-bulk-count]')
  const text = counted(bar.dataset, count, all?.checked && 'more' in bar.dataset ? '+' : '')
  if (label && label.textContent !== text) label.textContent = text
}

function tick(boxes, checked) {
  for (const box of boxes) box.checked = checked
  const all = document.querySelector('[data-select-scope]')
  if (!checked && all) all.checked = false
  refresh()
}

on('click', '.check [name=ids]', (box, event) => {
  const boxes = rows()
  const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)]
  last = box
  tick(event.shiftKey && from >= 0 ? boxes.slice(Math.min(from, to), Math.max(from, to) + 1) : [box], box.checked)
})
on('change', '[data-select-all]', (head) => tick(rows(), head.checked))
on('change', '[data-select-scope]', (all) => tick(rows(), all.checked))
on('click', '[data-select-clear]', () => {
  tick(rows(), false)
  document.querySelector('[data-select-all]')?.focus()
})

document.addEventListener('part:swapped', refresh)
document.addEventListener('htmx:afterSettle', refresh)
addEventListener('pageshow', refresh)
refresh()
