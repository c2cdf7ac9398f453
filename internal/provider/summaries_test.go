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
		"Wix Contact Attachment Not Ready",
		"Unable to Read Wix Contact Attachments", "Wix Contact Attachments Not Found",

		"Conflicting Wix Credentials", "Incomplete Wix Credentials", "Conflicting Wix Site ID",
		"Invalid Linq Attachment ID", "Invalid Linq Message ID",
		"Invalid Wix Contact ID", "Invalid Wix Attachment ID",
		"Invalid Timeout", "Invalid User Agent",
		"Unexpected Provider Configuration", "Unexpected Provider Data", "Unexpected Value",
	}
	for _, v := range []api{linqAPI, wixAPI} {
		all = append(all, "Missing "+v.vendor+" Credentials")
	}
	for _, s := range slices.Concat(linqAPI.settings(), wixAPI.settings(),
		[]setting{requestTimeout, maxRetries, maxConcurrentRequests, caCertPEM}) {
		all = append(all, "Invalid "+s.name, "Unknown "+s.name)
	}
	all = append(all, "Invalid "+proxySetting.name)
	slices.Sort(all)
	return all
}
