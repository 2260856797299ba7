-- A mistake on purpose: `then` is missing.
return {
  smoking = function(status)
    if status == "never" return true end
    return nil
  end,
}
