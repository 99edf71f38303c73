// Filters of the edition: made from what the rows say of themselves; without this script the page is whole.
(function () {
  "use strict";
  var names = { story: "Story", speaker: "Speaker", grade: "What stands behind it", outlet: "Outlet" };
  var rows = Array.prototype.slice.call(document.querySelectorAll("[data-story],[data-speaker],[data-grade],[data-outlet]"));
  var box = document.getElementById("filters");
  if (!rows.length || !box) { return; }
  var chosen = {}, selects = [], parts = [];
  rows.forEach(function (row) {
    if (parts.some(function (part) { return part.list === row.parentNode; })) { return; }
    var note = document.createElement("p"), holder = row.closest(".wide") || row.parentNode;
    note.className = "note";
    note.textContent = "No row of this part fits the filters.";
    note.hidden = true;
    holder.after(note);
    parts.push({ list: row.parentNode, holder: holder, note: note });
  });
  function valuesOf(row, tag) { return (row.dataset[tag] || "").split("|").filter(Boolean); }
  Object.keys(names).forEach(function (tag) {
    var counts = {};
    rows.forEach(function (row) { valuesOf(row, tag).forEach(function (value) { counts[value] = (counts[value] || 0) + 1; }); });
    var values = Object.keys(counts).sort(function (a, b) { return a.localeCompare(b); });
    if (values.length < 2) { return; }
    var holder = document.createElement("div"), label = document.createElement("label"), select = document.createElement("select");
    select.id = "filter-" + tag;
    label.htmlFor = select.id;
    label.textContent = names[tag];
    select.add(new Option("all", ""));
    values.forEach(function (value) { select.add(new Option(value.slice(0, 80) + " (" + counts[value] + ")", value)); });
    select.addEventListener("change", function () { chosen[tag] = select.value; apply(); });
    holder.append(label, select);
    box.append(holder);
    selects.push(select);
  });
  if (!selects.length) { return; }
  var button = document.createElement("button"), status = document.createElement("p");
  button.type = "button";
  button.textContent = "Show all";
  button.addEventListener("click", function () { selects.forEach(function (select) { select.value = ""; }); chosen = {}; apply(); });
  status.setAttribute("role", "status");
  status.className = "note";
  box.append(button, status);
  box.setAttribute("role", "search");
  box.setAttribute("aria-label", "Filter the rows");
  box.hidden = false;
  function apply() {
    var wanted = Object.keys(chosen).filter(function (tag) { return chosen[tag]; }), shown = 0;
    rows.forEach(function (row) {
      var keep = wanted.every(function (tag) { return valuesOf(row, tag).indexOf(chosen[tag]) >= 0; });
      row.hidden = !keep;
      shown += keep ? 1 : 0;
    });
    parts.forEach(function (part) {
      part.holder.hidden = Array.prototype.every.call(part.list.children, function (row) { return row.hidden; });
      part.note.hidden = !part.holder.hidden;
    });
    status.textContent = wanted.length ? shown + " of " + rows.length + " rows shown" : "";
  }
}());
