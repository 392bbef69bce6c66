import { el } from "../common/dom.js";
import { ownerField, reasonField } from "./confirmation.js";

/** Returns the fields that a dialog of an administrator has besides a user's. */
export function additions(words, kind) {
  const reason = reasonField(words);
  if (kind !== "add") {
    return reason;
  }
  const owner = ownerField(words, "owner");
  const service = el("input", {
    type: "checkbox",
    id: "service",
    "aria-describedby": "service-what",
  });
  return {
    first: [
      ...owner.fields,
      el("label", { class: "check" }, service, words.text("admin.add.service")),
      el("p", { class: "hint", id: "service-what" }, words.text("admin.add.serviceWhat")),
    ],
    fields: reason.fields,
    request: () => ({
      owner: owner.value(),
      ...(service.checked && { service: true }),
      ...reason.request(),
    }),
  };
}
