-- Whether the patient is in the stop smoking service.
return {
  support = function(smoking) return smoking ~= "current" end,
}
