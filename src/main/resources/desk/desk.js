// What the desk shows better with a script; without one every page still says and does the same.
(() => {
  "use strict";

  // A text's length beside it, as it is typed.
  const count = field => {
    const shown = document.getElementById(field.dataset.counted);
    if (shown) {
      const length = Array.from(field.value).length;
      const most = Number(field.dataset.most);
      shown.textContent = length + (most ? " of about " + most : "") + " characters";
      shown.classList.toggle("flaw", most > 0 && length > most);
    }
  };
  document.addEventListener("input", event => event.target.dataset.counted && count(event.target));

  // The time that is left until something happens.
  const two = number => String(number).padStart(2, "0");
  const tick = () => {
    document.querySelectorAll("[data-until]").forEach(shown => {
      const left = Math.ceil((Date.parse(shown.dataset.until) - Date.now()) / 1000);
      if (left > 0) {
        const hours = Math.floor(left / 3600);
        shown.textContent = (hours ? hours + ":" : "") + (hours ? two(Math.floor(left / 60) % 60) : Math.floor(left / 60)) + ":" + two(left % 60);
      } else if (!shown.dataset.over) {
        shown.dataset.over = "yes";
        shown.textContent = "now";
      }
    });
  };
  setInterval(tick, 1000);

  // Draws the page again, and keeps what was told a moment ago. A form that is sent meanwhile draws it itself.
  const MOMENT = 10_000;
  let drawn = 0;
  let posting = 0;
  const draw = () => {
    if (posting > 0) {
      return;
    }
    const told = Date.now() - drawn < MOMENT ? document.querySelector("#main > .told[role]") : null;
    htmx.ajax("GET", location.pathname + location.search, {source: "#main", target: "#main", select: "#main", swap: "outerHTML show:none"})
      .then(() => told && document.getElementById("main").prepend(told), () => {});
  };
  const isPost = event => event.detail.requestConfig?.verb === "post";
  document.addEventListener("htmx:beforeRequest", event => {
    if (isPost(event)) {
      posting++;
      htmx.trigger("#main", "htmx:abort");
    }
  });
  document.addEventListener("htmx:afterRequest", event => {
    if (isPost(event)) {
      posting--;
    }
  });

  // How a send gets on, as the server says it.
  let stream;
  const listen = () => {
    const place = document.querySelector("[data-stream]");
    if (stream && (!place || stream.place !== place)) {
      stream.close();
      stream = undefined;
    }
    if (!place || stream) {
      return;
    }
    stream = new EventSource(place.dataset.stream);
    stream.place = place;
    stream.addEventListener("progress", event => {
      const said = JSON.parse(event.data);
      place.querySelectorAll("[data-said]").forEach(shown => {
        const value = said[shown.dataset.said];
        if (value !== undefined) {
          shown.textContent = value;
          shown.parentElement.classList.toggle("none", value === 0);
        }
      });
      const meter = place.querySelector("progress");
      if (meter) {
        meter.max = Math.max(1, said.mails);
        meter.value = said.done;
      }
    });
    stream.addEventListener("turn", () => {
      stream.close();
      draw(); // other things can be done now
    });
  };

  const begin = () => {
    drawn = Date.now();
    document.querySelectorAll("[data-counted]").forEach(count);
    tick();
    listen();
  };
  document.addEventListener("DOMContentLoaded", begin);
  document.addEventListener("htmx:afterSettle", begin);
})();
