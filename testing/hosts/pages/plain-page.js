// A host without a framework: it writes down what it hears of the menu.
const menu = document.querySelector("api-key-menu");

menu.requestHeaders = () => ({ "X-CSRF-Token": "from a plain page" });

for (const name of ["added", "edited", "reissued", "deleted", "error"]) {
  document.addEventListener(`api-key-${name}`, ({ detail, target, bubbles, composed }) => {
    const item = document.createElement("li");
    item.textContent = JSON.stringify({ name, from: target.localName, bubbles, composed, detail });
    document.querySelector("ol").append(item);
  });
}

document.querySelector("#add").addEventListener("click", () => menu.openAdd());
document.querySelector("#details").addEventListener("click", () => menu.openDetails());
