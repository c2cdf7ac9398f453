package provider

import "slices"

// summaries returns the summaries of all diagnostics. It must have every summary that a test
// provokes, and the troubleshooting guide has an entry for each.
func summaries() []string {
	all := []string{
		"Unable to Read Linq Attachment", "Linq Attachment Not Found",
		"Linq Attachment Not Ready", "Linq Attachment Failed",
		"Unable to Read Linq Attachments", "All Linq Attachments Missing",
		"Unable to Read Linq Message", "Linq Message Not Found",
		"Unable to Read Wix Contact Attachment", "Wix Contact Attachment Not Found",
		"Unable to Read Wix Contact Attachments", "Wix Contact Attachments Not Found",

		"Conflicting Wix Credentials", "Incomplete Wix Credentials", "Conflicting Wix Site ID",
		"Invalid Linq Attachment ID", "Invalid Linq Message ID",
		"Invalid Wix Contact ID", "Invalid Wix Attachment ID",
		"Invalid Time Limit", "Null List Value", "Invalid User Agent",
		"Unexpected Provider Data", "Unexpected Value",
	}
	for _, v := range []vendor{linqVendor, wixVendor} {
		all = append(all, "Missing "+v.api+" Credentials", "Unknown "+v.api+" Credentials")
		for _, kind := range v.credentials {
			for _, s := range kind.settings {
				all = append(all, "Invalid "+s.name)
			}
		}
	}
	for _, s := range []setting{
		linqBaseURL, wixBaseURL, wixSiteID, requestTimeout, maxRetries, maxConcurrentRequests, caCertPEM,
	} {
		all = append(all, "Invalid "+s.name, "Unknown "+s.name)
	}
	all = append(all, "Invalid "+proxySetting.name)
	slices.Sort(all)
	return all
}
